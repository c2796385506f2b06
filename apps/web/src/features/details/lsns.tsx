import { type GraphContainer, lsnsTable, lsnsText, type PodGraph } from '@pausescope/shared'
import { useMemo } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Printed } from '../../ui/printed.tsx'
import { Section } from '../../ui/section.tsx'

/** What `lsns -p` prints on the node of the container's first process, character for character. */
export function Lsns({
  graph: { observation },
  container: { pid, name },
}: {
  graph: PodGraph
  container: GraphContainer
}) {
  const t = useText()
  const text = useMemo(() => (pid === null ? '' : lsnsText(lsnsTable(observation, pid))), [observation, pid])
  if (pid === null || !text) return null
  const caption = t.details.lsnsCaption(pid, name)
  return (
    <Section title={t.details.namespaces} side={<CopyButton text={text} label={caption} />}>
      <Printed label={caption} command={`lsns -p ${pid}`} text={text} />
    </Section>
  )
}
