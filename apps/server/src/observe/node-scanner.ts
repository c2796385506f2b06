import { indexScan, type Pod, type ScanIndex } from '@pausescope/shared'
import { ExecError } from '../exec/exec-error.ts'
import { execSession } from '../exec/exec-session.ts'
import type { HelperManager, HelperTarget } from '../helper/helper-manager.ts'
import { scanCommand } from '../helper/helper-script.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import { parseProbe } from '../probe/parse-probe.ts'
import { PROBE_SCRIPT } from '../probe/probe-script.ts'
import type { NodeSessions } from './node-sessions.ts'
import { HelperNotReady } from './scan-problem.ts'

/** A scan of one node, arranged, and when it ended. */
export type NodeSnapshot = { index: ScanIndex; at: string }

export type NodeScannerOptions = {
  api: KubeApi
  helpers: HelperManager
  /** Of the nodes that are watched: these are scanned over their session, others by an exec for each scan. */
  sessions: NodeSessions
  /** Pods of the node, for their names. */
  podsOf: (node: string) => readonly Pod[]
  /** How long a scan of this node may take, in milliseconds. */
  deadlineMs: (node: string) => number
  /** The time in milliseconds since 1970. */
  now: () => number
}

/**
 * Scans nodes through their helpers.
 * @throws HelperNotReady, ExecError, ProbeError, KubeError, or the signal's reason.
 */
export function nodeScanner(options: NodeScannerOptions): (node: string, signal: AbortSignal) => Promise<NodeSnapshot> {
  const { helpers, podsOf, now } = options
  return async (node, signal) => {
    for (let first = true; ; first = false) {
      const helper = await helpers.state(node, signal)
      if (helper.state !== 'ready') throw new HelperNotReady(helper)
      try {
        const scan = await runProbe(options, node, helper.target, signal)
        return { index: indexScan(scan, podsOf(node)), at: new Date(now()).toISOString() }
      } catch (cause) {
        const gone = cause instanceof ExecError && (cause.code === 'not-found' || cause.code === 'not-running')
        if (gone) helpers.lost(node, helper.target)
        if (!gone || !first) throw cause
      }
    }
  }
}

async function runProbe(
  { api, sessions, deadlineMs }: NodeScannerOptions,
  node: string,
  target: HelperTarget,
  signal: AbortSignal,
) {
  const limit = deadlineMs(node)
  if (sessions.isHeld(node)) return sessions.scan(node, target, limit, signal)
  return execSession({
    ...target,
    access: await api.access(),
    command: scanCommand(PROBE_SCRIPT, Math.ceil(limit / 1000)),
    what: `scan the node ${node}`,
    read: parseProbe,
    signal,
    deadlineMs: limit,
  })
}
