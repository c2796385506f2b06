import {
  buildGraph,
  buildScene,
  compareGraphs,
  describeChanges,
  type Observation,
  type PodGraph,
  type SceneRef,
  type Theme,
  traceOf,
} from '@pausescope/shared'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import { problemOf } from '../api/problem.ts'
import { observationQuery } from '../api/queries.ts'
import { Comparison } from '../features/compare/comparison.tsx'
import { Picture } from '../features/picture/picture.tsx'
import { refId, traceIds } from '../graph/ref-id.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/button.tsx'
import { formatInstant } from '../ui/instant.ts'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import type { Compared } from '../url/compare-codec.ts'
import { navigate } from '../url/use-view-state.ts'
import styles from './stage.module.css'
import { useRoom } from './use-room.ts'
import { useShown } from './use-shown.ts'
import type { Subject } from './use-subject.ts'
import type { Timeline } from './use-timeline.ts'

/** Two pods, or one pod at two moments, side by side: what differs is told above and marked in both pictures. */
export default function CompareView({
  observation,
  compared,
  subject,
  timeline,
  theme,
}: {
  observation: Observation
  compared: Compared
  subject: Subject
  timeline: Timeline
  theme: Theme
}) {
  const t = useText()
  const { live, playing } = subject
  const [namespace = '', name = ''] = compared.pod.split('/')
  const ofSession = live && compared.pod === subject.pod
  const scanned = useQuery({ ...observationQuery(namespace, name, subject.asks), enabled: live && !ofSession })
  const moment = timeline.moments.find(({ number }) => number === compared.frame + 1)?.observation
  const recorded = playing?.recording.frames[compared.frame]?.observations.find(
    ({ pod }) => nameOf(pod) === compared.pod,
  )
  const other = useShown((ofSession ? moment : live ? scanned.data?.observation : recorded) ?? null)
  const problem = live && !ofSession ? (problemOf(scanned.error) ?? scanned.data?.problem ?? null) : null

  // Of two moments of one pod the earlier stands first: what changed is told as it happened.
  const [first, second] =
    other && nameOf(other.pod) === nameOf(observation.pod) && other.at < observation.at
      ? [other, observation]
      : [observation, other]
  const one = useMemo(() => buildGraph(first, t.graph), [first, t])
  const two = useMemo(() => second && buildGraph(second, t.graph), [second, t])
  const difference = useMemo(() => {
    const comparison = two && compareGraphs(one, two)
    return comparison && { comparison, changes: describeChanges(one, two, comparison) }
  }, [one, two])
  const names = [headingOf(one), two ? headingOf(two) : compared.pod] as const
  const pods = [nameOf(one.observation.pod), compared.pod] as const
  return (
    <>
      <div className={styles.toolbar}>
        <h1 className={styles.title}>{pods[0] === pods[1] ? pods[0] : t.compare.title(...pods)}</h1>
        <Button icon="cross" onClick={() => navigate({ compare: null })}>
          {t.compare.close}
        </Button>
      </div>
      {problem && <ProblemNotice problem={problem} layout="strip" />}
      {!two && ofSession && (
        <Notice tone="warn" layout="strip" title={t.timeline.gone}>
          {t.timeline.goneNext}
        </Notice>
      )}
      {!two && !ofSession && !problem && (live ? scanned.isFetched : true) && (
        <Notice tone="warn" layout="strip" title={t.pick.unknownTitle} next={t.pick.unknownNext}>
          {t.pick.unknown(compared.pod)}
        </Notice>
      )}
      {difference && <Comparison {...difference} names={names} />}
      <div className={styles.pair}>
        <Side graph={one} heading={names[0]} theme={theme} changed={difference?.comparison.changedA ?? NONE} />
        {two && <Side graph={two} heading={names[1]} theme={theme} changed={difference?.comparison.changedB ?? NONE} />}
      </div>
    </>
  )
}

const NONE: ReadonlySet<string> = new Set()

function Side({
  graph,
  heading,
  theme,
  changed,
}: {
  graph: PodGraph
  heading: string
  theme: Theme
  /** Keys of containers and namespaces. */
  changed: ReadonlySet<string>
}) {
  const t = useText()
  const box = useRef<HTMLDivElement>(null)
  const room = useRoom(box)
  const scene = useMemo(
    () => buildScene(graph, { theme, width: 900, legend: false, title: false, caption: false }, t.drawn),
    [graph, theme, t],
  )
  const trace = useCallback((ref: SceneRef) => traceIds(traceOf(graph, ref)), [graph])
  const marked = useMemo(
    () =>
      new Set(
        [...changed].map((key) =>
          refId({ kind: graph.containers.some((one) => one.key === key) ? 'container' : 'namespace', key }),
        ),
      ),
    [changed, graph],
  )
  return (
    <section className={styles.half} aria-label={heading}>
      <h2 className={styles.halfTitle}>{heading}</h2>
      <div className={styles.drawing} ref={box}>
        {room && (
          <Picture
            scene={scene}
            subject={heading}
            window={room}
            zoom={null}
            label={t.picture.label(heading)}
            trace={trace}
            changed={marked}
            selection={null}
            onSelect={ignore}
          />
        )}
      </div>
    </section>
  )
}

/** There is no room for details beside two pictures. */
function ignore(): void {}

function nameOf({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`
}

function headingOf({ observation: { pod, at, scanned } }: PodGraph): string {
  return scanned ? `${nameOf(pod)}, ${formatInstant(at, 'second')}` : nameOf(pod)
}
