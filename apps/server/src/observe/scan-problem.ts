import { english, type ObservationReply, type ProblemCode, type Told, told } from '@pausescope/shared'
import { ExecError, type ExecErrorCode } from '../exec/exec-error.ts'
import type { HelperState } from '../helper/helper-manager.ts'
import { isKubeError, type KubeErrorCode } from '../kube/kube-error.ts'
import { ProbeError } from '../probe/probe-error.ts'

export type Problem = NonNullable<ObservationReply['problem']> & { code: ProblemCode }

export function problem(code: ProblemCode, message: Told, next: Told | null): Problem {
  return { code, message: english(message), next: next && english(next), told: { message, next } }
}

/** The node has no helper that is ready: why. Not a failure of a scan; there was none. */
export class HelperNotReady extends Error {
  readonly state: Exclude<HelperState, { state: 'ready' }>

  constructor(state: Exclude<HelperState, { state: 'ready' }>) {
    super(`The helper is ${state.state}.`)
    this.name = 'HelperNotReady'
    this.state = state
  }
}

/** Who is to blame decides what a person looks at next: the way to the API server, or the node. */
const EXEC_PROBLEMS: Partial<Record<ExecErrorCode, ProblemCode>> = {
  forbidden: 'forbidden',
  'no-server': 'cluster-unreachable',
  unreachable: 'node-unreachable',
  timeout: 'node-unreachable',
}

const KUBE_PROBLEMS: Partial<Record<KubeErrorCode, ProblemCode>> = {
  forbidden: 'forbidden',
  unreachable: 'cluster-unreachable',
  timeout: 'cluster-unreachable',
}

/** Says why there is no (new) scan of a node. What is none of the known failures is thrown again. */
export function problemOf(cause: unknown, node: string): Problem {
  if (cause instanceof HelperNotReady) return helperProblem(cause.state, node)
  if (cause instanceof ProbeError) return problem('scan-failed', cause.told.message, cause.told.next)
  if (cause instanceof ExecError) {
    return problem(EXEC_PROBLEMS[cause.code] ?? 'scan-failed', cause.told.message, cause.told.next)
  }
  if (isKubeError(cause)) {
    return problem(KUBE_PROBLEMS[cause.code] ?? 'scan-failed', cause.told.message, cause.told.next)
  }
  throw cause
}

function helperProblem(state: HelperNotReady['state'], node: string): Problem {
  switch (state.state) {
    case 'none':
      return problem('helper-needed', told('helper.needed', { node }), told('helper.needed-next'))
    case 'creating':
      return problem('helper-creating', told('helper.being-made', { node, progress: state.detail }), null)
    case 'failed': {
      const code = state.code === 'forbidden' ? 'forbidden' : 'helper-failed'
      return problem(code, told('helper.none', { node, why: state.detail }), state.next)
    }
  }
}
