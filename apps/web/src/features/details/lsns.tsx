import { type GraphContainer, lsnsTable, lsnsText, type PodGraph } from '@pausescope/shared'
import { useMemo } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './details.module.css'
import { Section } from './panel.tsx'

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
      {/* biome-ignore-start lint/a11y: a scrolled part must be reachable by keyboard and have a name */}
      <pre className={styles.lsns} tabIndex={0} role="group" aria-label={caption}>
        <span className={styles.prompt}>$ lsns -p {pid}</span>
        {'\n'}
        {text}
      </pre>
      {/* biome-ignore-end lint/a11y: as above */}
    </Section>
  )
}
