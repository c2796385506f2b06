import { useText } from '../i18n/use-text.ts'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import type { Subject } from './use-subject.ts'

/** What is the matter with the list of pods, or why what it shows may be old. */
export function ListNotice({ subject: { podsProblem, source, live, pods } }: { subject: Subject }) {
  const t = useText()
  // While the server is away the stage says so; the list stays as it is.
  if (podsProblem && (pods === null || podsProblem.code !== 'unreachable'))
    return <ProblemNotice layout="strip" problem={podsProblem} title={t.pods.failedTitle} />
  if (!live || !source?.watchDetail || source.watch === 'live') return null
  return (
    <Notice tone="warn" layout="strip" title={t.source.watchTitle[source.watch]}>
      {source.watchDetail}
    </Notice>
  )
}
