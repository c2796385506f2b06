import { lsnsText, type NamespaceType, type NodeObservation, nodeLsnsTable } from '@pausescope/shared'
import { useMemo } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './details.module.css'
import { Section } from './panel.tsx'

/** What `lsns -t TYPE` prints on the node, and what is pinned there. */
export function NodeLsns({ observation, type }: { observation: NodeObservation; type: NamespaceType }) {
  const t = useText()
  const text = useMemo(() => lsnsText(nodeLsnsTable(observation, type)), [observation, type])
  if (!text) return null
  const caption = t.evidence.nodeLsns(type)
  return (
    <Section title={t.evidence.ofNode(type)} side={<CopyButton text={text} label={caption} />}>
      {/* biome-ignore-start lint/a11y: a scrolled part must be reachable by keyboard and have a name */}
      <pre className={styles.lsns} tabIndex={0} role="group" aria-label={caption}>
        <span className={styles.prompt}>$ lsns -t {type}</span>
        {'\n'}
        {text}
      </pre>
      {/* biome-ignore-end lint/a11y: as above */}
    </Section>
  )
}
