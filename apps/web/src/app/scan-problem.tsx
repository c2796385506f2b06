import { useQueryClient } from '@tanstack/react-query'
import type { Problem } from '../api/problem.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/button.tsx'
import { formatInstant } from '../ui/instant.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'

/** Problems after which what is shown is not of now. */
const OLD =
  'unreachable malformed stale cluster-unreachable node-unreachable scan-failed forbidden pod-gone pod-not-found'.split(
    ' ',
  )
/** Problems that a helper on the node ends. */
const HELPER = ['helper-needed', 'helper-failed']

/** Why the picture of a pod or a node is not whole or not fresh, of when it is, and what to do next. */
export function ScanProblem({
  problem,
  observation: { at, scanned },
  node,
  withoutScan,
  live,
  onHelper,
}: {
  problem: Problem
  observation: { at: string; scanned: boolean }
  /** Whose scan it is about; null: of none yet. */
  node: string | null
  /** What is shown all the same when there is no scan. */
  withoutScan: string | null
  live: boolean
  onHelper: (node: string) => void
}) {
  const t = useText()
  const client = useQueryClient()
  const old = scanned && OLD.includes(problem.code)
  const note = old ? t.problem.seenAt(formatInstant(at, 'second')) : scanned ? null : withoutScan
  const action =
    HELPER.includes(problem.code) && node ? (
      <Button look="solid" onClick={() => onHelper(node)}>
        {t.helper.open}
      </Button>
    ) : live && problem.code === 'unreachable' ? (
      <Button onClick={() => client.invalidateQueries()}>{t.problem.retry}</Button>
    ) : null
  return <ProblemNotice layout="strip" problem={problem} {...(note ? { note } : {})} action={action} />
}
