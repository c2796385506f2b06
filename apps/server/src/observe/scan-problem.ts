import type { ObservationReply, ProblemCode } from '@pausescope/shared'
import { ExecError, type ExecErrorCode } from '../exec/exec-error.ts'
import type { HelperState } from '../helper/helper-manager.ts'
import { isKubeError, type KubeErrorCode } from '../kube/kube-error.ts'
import { ProbeError } from '../probe/probe-error.ts'

export type Problem = NonNullable<ObservationReply['problem']> & { code: ProblemCode }

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
  if (cause instanceof ProbeError) return { code: 'scan-failed', message: cause.message, next: cause.next }
  if (cause instanceof ExecError) {
    return { code: EXEC_PROBLEMS[cause.code] ?? 'scan-failed', message: cause.message, next: cause.next }
  }
  if (isKubeError(cause)) {
    return { code: KUBE_PROBLEMS[cause.code] ?? 'scan-failed', message: cause.message, next: cause.next }
  }
  throw cause
}

function helperProblem(state: HelperNotReady['state'], node: string): Problem {
  switch (state.state) {
    case 'none':
      return {
        code: 'helper-needed',
        message: `To see the namespaces of the node ${node}, a helper pod must run there.`,
        next: 'Read its manifest and agree; it is removed when the server stops.',
      }
    case 'creating':
      return {
        code: 'helper-creating',
        message: `The helper pod on the node ${node} is being made (${state.detail}).`,
        next: null,
      }
    case 'failed':
      return {
        code: state.code === 'forbidden' ? 'forbidden' : 'helper-failed',
        message: `There is no helper pod on the node ${node}. ${state.detail}`,
        next: state.next,
      }
  }
}
