import { useText } from '../i18n/use-text.ts'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import type { Pods } from './use-pods.ts'
import type { Subject } from './use-subject.ts'

/** What is the matter with the list of pods, or why what it shows may be old. */
export function ListNotice({ subject: { source, live }, pods }: { subject: Subject; pods: Pods }) {
  const t = useText()
  // While the server is away the stage says so; the list stays as it is.
  const { list, problem } = pods
  if (problem && (list === null || problem.code !== 'unreachable'))
    return <ProblemNotice layout="strip" problem={problem} title={t.pods.failedTitle} />
  if (!live || !source?.watchDetail || source.watch === 'live') return null
  return (
    <Notice tone="warn" layout="strip" title={t.source.watchTitle[source.watch]}>
      {t.tell(source.toldWatchDetail, source.watchDetail)}
    </Notice>
  )
}
