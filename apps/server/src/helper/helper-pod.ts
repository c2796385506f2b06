import { type Told, told } from '@pausescope/shared'
import { z } from 'zod'
import { HELPER_CONTAINER, RUN_LABEL } from './helper-manifest.ts'

const stateSchema = z.object({
  waiting: z.object({ reason: z.string().default(''), message: z.string().default('') }).optional(),
  running: z.object({}).optional(),
  terminated: z.object({ reason: z.string().default(''), exitCode: z.number().default(0) }).optional(),
})

/** What of a helper pod's API object matters. */
const helperPodSchema = z
  .object({
    metadata: z.object({
      name: z.string(),
      uid: z.string(),
      labels: z.record(z.string(), z.string()).default({}),
      deletionTimestamp: z.string().optional(),
      ownerReferences: z.array(z.object({ kind: z.string() })).default([]),
    }),
    spec: z.object({ nodeName: z.string().optional() }),
    status: z
      .object({
        phase: z.string().default('Pending'),
        reason: z.string().default(''),
        message: z.string().default(''),
        conditions: z
          .array(z.object({ type: z.string(), status: z.string(), message: z.string().default('') }))
          .default([]),
        containerStatuses: z.array(z.object({ name: z.string(), state: stateSchema.default({}) })).default([]),
      })
      .prefault({}),
  })
  .transform(({ metadata, spec, status }) => ({
    name: metadata.name,
    uid: metadata.uid,
    run: metadata.labels[RUN_LABEL] ?? null,
    node: spec.nodeName ?? null,
    deleted: metadata.deletionTimestamp !== undefined,
    /** Belongs to an installed DaemonSet, not to a server. */
    installed: metadata.ownerReferences.some((reference) => reference.kind === 'DaemonSet'),
    finished: status.phase === 'Succeeded' || status.phase === 'Failed',
    status,
  }))

export type HelperPod = z.infer<typeof helperPodSchema>

/** @throws ZodError when it is not a Pod. */
export function parseHelperPod(object: unknown): HelperPod {
  return helperPodSchema.parse(object)
}

export type HelperProgress =
  | { state: 'creating'; detail: Told }
  | { state: 'ready' }
  | { state: 'failed'; detail: Told; next: Told }

/** Reasons of a waiting container that do not mend by waiting a moment. */
const STUCK: Record<string, Told> = {
  ErrImagePull: told('helper-next.image'),
  ImagePullBackOff: told('helper-next.image'),
  InvalidImageName: told('helper-next.image-name'),
  ErrImageNeverPull: told('helper-next.image-load'),
  CreateContainerConfigError: told('helper-next.describe'),
  CreateContainerError: told('helper-next.describe'),
  RunContainerError: told('helper-next.image-sh'),
  CrashLoopBackOff: told('helper-next.image-sleep'),
}

const REJECTED: Record<string, Told> = {
  AppArmor: told('helper-next.apparmor'),
  Evicted: told('helper-next.evicted'),
  DeadlineExceeded: told('helper-next.age'),
  NodeShutdown: told('helper-next.shutdown'),
  Terminated: told('helper-next.shutdown'),
}

/** Where a helper pod stands, with the cause and what to do when it will not get ready by itself. */
export function helperProgress(pod: HelperPod): HelperProgress {
  const { phase, reason, message } = pod.status
  const container = pod.status.containerStatuses.find((status) => status.name === HELPER_CONTAINER)
  const { waiting, running, terminated } = container?.state ?? {}
  if (pod.deleted) return failed(told('helper.being-deleted'), told('helper-next.new'))
  if (terminated && pod.finished && !REJECTED[reason]) {
    const reason = terminated.reason || 'Error'
    const next = reason === 'OOMKilled' ? told('helper-next.memory') : told('helper-next.new')
    return failed(told('helper.ended', { reason, code: terminated.exitCode }), next)
  }
  if (pod.finished) {
    const next = REJECTED[reason] ?? told('helper-next.describe-both')
    return failed(told('helper.rejected', { reason: [reason || phase, message].filter(Boolean).join(': ') }), next)
  }
  if (running) return { state: 'ready' }
  const stuck = waiting && STUCK[waiting.reason]
  if (stuck) {
    const reason = [waiting.reason, waiting.message].filter(Boolean).join(': ')
    return failed(told('helper.stuck', { reason }), stuck)
  }
  const unscheduled = pod.status.conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
  if (unscheduled) return failed(told('helper.no-place', { reason: unscheduled.message }), told('helper-next.node'))
  if (waiting?.reason) return { state: 'creating', detail: told('quoted', { text: waiting.reason }) }
  return { state: 'creating', detail: pod.node ? told('helper.not-started') : told('helper.waiting') }
}

function failed(detail: Told, next: Told): HelperProgress {
  return { state: 'failed', detail, next }
}
