import { lsnsText, type NamespaceType, type NodeObservation, nodeLsnsTable } from '@pausescope/shared'
import { useMemo } from 'react'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Printed } from '../../ui/printed.tsx'
import { Section } from '../../ui/section.tsx'

/** What `lsns -t TYPE` prints on the node, and what is pinned there. */
export function NodeLsns({ observation, type }: { observation: NodeObservation; type: NamespaceType }) {
  const t = useInsideText()
  const text = useMemo(() => lsnsText(nodeLsnsTable(observation, type)), [observation, type])
  if (!text) return null
  const caption = t.evidence.nodeLsns(type)
  return (
    <Section title={t.evidence.ofNode(type)} side={<CopyButton text={text} label={caption} />}>
      <Printed label={caption} command={`lsns -t ${type}`} text={text} />
    </Section>
  )
}
