import type { Observation, Source } from '@pausescope/shared'
import { useText } from '../../i18n/use-text.ts'
import { Icon } from '../../ui/icon.tsx'
import { formatInstant } from '../../ui/instant.ts'
import styles from './source-badge.module.css'

/** What an observation, of a pod or a node, says of its moment and place. */
type Captured = Pick<Observation, 'at' | 'cluster' | 'node'>

/** Where what is shown comes from: always said, so that a recording is never taken for the cluster of today. */
export function SourceBadge({
  source,
  live,
  captured,
}: {
  source: Source | null
  live: boolean
  /** An observation of the moment that a recording shows. */
  captured: Captured | null
}) {
  const t = useText()
  if (captured) {
    return (
      <p className={`${styles.badge} ${styles.recording}`}>
        <span className={styles.kind}>
          <Icon name="film" />
          {t.source.recording}
        </span>
        <span className={styles.facts}>{capturedFacts(t, captured).join(', ')}</span>
      </p>
    )
  }
  if (!source || !live)
    return <p className={styles.badge}>{source ? t.tell(source.told, source.message) : t.source.loading}</p>
  const fresh = source.watch === 'live'
  return (
    <p className={styles.badge} title={t.tell(source.told, source.message)}>
      <span className={styles.kind}>
        <Icon name="live" />
        <span className={styles.context}>{t.source.live(source.context)}</span>
      </span>
      <span className={`${styles.watch} ${fresh ? styles.fresh : styles.old}`}>{t.source.watch[source.watch]}</span>
      {source.clusterVersion && <span className={styles.facts}>{t.source.kubernetes(source.clusterVersion)}</span>}
    </p>
  )
}

function capturedFacts(t: ReturnType<typeof useText>, { at, cluster, node }: Captured): string[] {
  const runtime = [node.runtime, node.runtimeVersion].filter(Boolean).join(' ')
  return [
    t.source.captured(formatInstant(at)),
    cluster.version && t.source.kubernetes(cluster.version),
    runtime,
    node.cgroupVersion && t.source.cgroup(node.cgroupVersion),
  ].filter((fact): fact is string => Boolean(fact))
}
