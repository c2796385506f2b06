import type { Frame, PodEvidence, PodGraph, SceneRef } from '@pausescope/shared'
import { type ReactNode, useMemo } from 'react'
import { type InsideText, useInsideText } from '../../i18n/use-inside-text.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { Section } from '../../ui/section.tsx'
import { useFold } from '../../url/use-fold.ts'
import styles from './evidence.module.css'
import { Files } from './files.tsx'
import { Hostname } from './hostname.tsx'
import { IpcObjects } from './ipc-objects.tsx'
import { Network } from './network.tsx'
import { type Topic, topicsOf } from './topics.ts'
import { useEvidence } from './use-evidence.ts'
import { UserMaps } from './user-maps.tsx'

/**
 * What was measured inside the namespaces that are selected. Of a container, of which much else is told, it waits in folds;
 * nothing is asked for before it is seen.
 */
export function Evidence({
  graph,
  selection,
  frame,
}: {
  graph: PodGraph
  selection: SceneRef
  /** Of the recording that is shown; null: the pod is live. */
  frame: Frame | null
}) {
  const t = useInsideText()
  const topics = useMemo(() => topicsOf(graph, selection), [graph, selection])
  const Place = selection.kind === 'container' ? TopicFold : TopicSection
  return topics.map((topic) => (
    <Place key={topic.kind} name={topic.kind} title={titleOf(t, topic)}>
      <Told graph={graph} topic={topic} frame={frame} />
    </Place>
  ))
}

type Place = { name: Topic['kind']; title: string; children: ReactNode }

function TopicSection({ title, children }: Place) {
  return <Section title={title}>{children}</Section>
}

function TopicFold({ name, title, children }: Place) {
  const { open, onToggle } = useFold(name)
  return (
    <details className={styles.fold} open={open} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary>
        <h3>{title}</h3>
      </summary>
      {open && children}
    </details>
  )
}

/** One topic; in its place, that it is on its way or why it cannot be told. */
function Told({ graph, topic, frame }: { graph: PodGraph; topic: Topic; frame: Frame | null }) {
  const t = useInsideText()
  const { evidence, problem, askAgain } = useEvidence(graph.observation, frame)
  return (
    <>
      {problem && (
        <ProblemNotice
          problem={problem}
          layout="box"
          title={t.inside.failed}
          action={frame === null && <Button onClick={askAgain}>{t.problem.retry}</Button>}
        />
      )}
      {!evidence && !problem && (
        <p className={styles.loading} role="status">
          {t.inside.loading}
        </p>
      )}
      {evidence && bodyOf(graph, evidence, topic)}
    </>
  )
}

function titleOf(t: InsideText, { kind }: Topic): string {
  return { network: t.network, files: t.files, hostname: t.hostnames, ipc: t.ipcs, users: t.userMaps }[kind].title
}

function bodyOf(graph: PodGraph, evidence: PodEvidence, topic: Topic) {
  switch (topic.kind) {
    case 'network':
      return <Network graph={graph} evidence={evidence} inode={topic.inode} members={topic.containers} />
    case 'files':
      return <Files graph={graph} evidence={evidence} containers={topic.containers} />
    case 'hostname':
      return <Hostname evidence={evidence} inode={topic.inode} />
    case 'ipc':
      return <IpcObjects evidence={evidence} inode={topic.inode} />
    case 'users':
      return <UserMaps evidence={evidence} inode={topic.inode} />
  }
}
