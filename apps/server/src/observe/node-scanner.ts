import {
  type CgroupReader,
  indexScan,
  type Observation,
  type Pod,
  type PodEvidence,
  type ScanIndex,
  told,
} from '@pausescope/shared'
import { ExecError } from '../exec/exec-error.ts'
import { execSession } from '../exec/exec-session.ts'
import type { HelperManager, HelperTarget } from '../helper/helper-manager.ts'
import { scanCommand } from '../helper/helper-script.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import { evidenceScript, planEvidence } from '../probe/evidence/evidence-plan.ts'
import { parseEvidence } from '../probe/evidence/parse-evidence.ts'
import { parseProbe } from '../probe/parse-probe.ts'
import { unwrapProbe } from '../probe/probe-frame.ts'
import { PROBE_SCRIPT } from '../probe/probe-script.ts'
import type { LookedInto } from './looked-into.ts'
import type { NodeSessions } from './node-sessions.ts'
import { HelperNotReady } from './scan-problem.ts'

/** The processes of one node, arranged, and when they had been read. */
export type NodeSnapshot = { index: ScanIndex; at: string }

/** A scan of one node. */
export type NodeScanned = NodeSnapshot & {
  /**
   * What is inside the namespaces of the pods that are looked into, by `namespace/name`. It is read right behind the processes,
   * over the same session, and is there a little later: nothing that only shows who shares what waits for it.
   */
  evidence: ReadonlyMap<string, Promise<PodEvidence>>
}

export type NodeScannerOptions = {
  api: KubeApi
  helpers: HelperManager
  /** Nodes that are watched are scanned over their session, others by an exec for each scan. */
  sessions: NodeSessions
  lookedInto: LookedInto
  /** Pods of the node, for their names. */
  podsOf: (node: string) => readonly Pod[]
  /** What was seen of one of them, by `namespace/name`; null: it is not there. */
  observe: (node: string, pod: string, snapshot: NodeSnapshot) => Observation | null
  /** How long a scan of this node may take, in milliseconds. */
  deadlineMs: (node: string) => number
  /** The time in milliseconds since 1970. */
  now: () => number
}

/** How long all evidence of a scan may take, in milliseconds: the next scan waits for it. */
const EVIDENCE_DEADLINE_MS = 10_000

/**
 * Scans nodes through their helpers.
 * @throws HelperNotReady, ExecError, ProbeError, KubeError, or the signal's reason; evidence rejects with the same.
 */
export function nodeScanner(options: NodeScannerOptions): (node: string, signal: AbortSignal) => Promise<NodeScanned> {
  const { helpers, lookedInto, sessions, podsOf, now } = options
  return async (node, signal) => {
    for (let first = true; ; first = false) {
      const helper = await helpers.state(node, signal)
      if (helper.state !== 'ready') throw new HelperNotReady(helper)
      const pods = lookedInto.on(node)
      const release = pods.length > 0 ? sessions.hold(node) : () => {}
      try {
        const scan = await runProbe(options, node, helper.target, signal)
        const known = podsOf(node)
        const index = indexScan(scan, known, readerAmong(known, helper.target))
        const snapshot = { index, at: new Date(now()).toISOString() }
        const evidence = readEvidence(options, { node, pods, snapshot, target: helper.target, signal })
        void evidenceEnd({ evidence }).then(release)
        return { ...snapshot, evidence }
      } catch (cause) {
        release()
        const gone = cause instanceof ExecError && (cause.code === 'not-found' || cause.code === 'not-running')
        if (gone) helpers.lost(node, helper.target)
        if (!gone || !first) throw cause
      }
    }
  }
}

/** The helper's container; null while its pod is not among those known, or has none yet. */
function readerAmong(pods: readonly Pod[], { namespace, pod, container }: HelperTarget): CgroupReader | null {
  const helper = pods.find((one) => one.name === pod && one.namespace === namespace)
  const containerId = helper?.containers.find(({ name }) => name === container)?.id
  return helper && containerId ? { podUid: helper.uid, containerId } : null
}

/** Resolves when no evidence of the scan is under way any more. */
export async function evidenceEnd({ evidence }: Pick<NodeScanned, 'evidence'>): Promise<void> {
  await Promise.allSettled(evidence.values())
}

async function runProbe(
  { api, sessions, deadlineMs }: NodeScannerOptions,
  node: string,
  target: HelperTarget,
  signal: AbortSignal,
) {
  const limitMs = deadlineMs(node)
  if (sessions.isHeld(node)) return sessions.turn(node, { target, read: parseProbe, limitMs, signal })
  return execSession({
    ...target,
    access: await api.access(),
    command: scanCommand(PROBE_SCRIPT, Math.ceil(limitMs / 1000)),
    what: told('do.scan', { node }),
    read: parseProbe,
    signal,
    deadlineMs: limitMs,
  })
}

/** One reading for all of the pods. */
function readEvidence(
  { sessions, observe, deadlineMs, now }: NodeScannerOptions,
  scan: {
    node: string
    pods: readonly string[]
    snapshot: NodeSnapshot
    target: HelperTarget
    signal: AbortSignal
  },
): NodeScanned['evidence'] {
  const { node, pods, snapshot, target, signal } = scan
  const plans = pods.flatMap((pod) => {
    const observation = observe(node, pod, snapshot)
    return observation ? [{ pod, observation, plan: planEvidence(observation) }] : []
  })
  if (plans.length === 0) return new Map()
  const script = evidenceScript(...plans.map(({ plan }) => plan))
  const limitMs = Math.min(EVIDENCE_DEADLINE_MS, deadlineMs(node))
  const read = sessions.turn(node, { target, script, read: unwrapProbe, limitMs, signal }).then((parts) => {
    const at = new Date(now()).toISOString()
    return new Map(plans.map(({ pod, ...one }) => [pod, parseEvidence(parts, { ...one, at })]))
  })
  return new Map(plans.map(({ pod }) => [pod, read.then((all) => all.get(pod) as PodEvidence)]))
}
