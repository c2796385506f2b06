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
  | { state: 'creating'; detail: string }
  | { state: 'ready' }
  | { state: 'failed'; detail: string; next: string }

/** Reasons of a waiting container that do not mend by waiting a moment. */
const STUCK: Record<string, string> = {
  ErrImagePull: 'Give an image this node can pull with --helper-image.',
  ImagePullBackOff: 'Give an image this node can pull with --helper-image.',
  InvalidImageName: 'Correct the name given with --helper-image.',
  ErrImageNeverPull: 'Load the image onto the node, or give another with --helper-image.',
  CreateContainerConfigError: 'Look at the pod with kubectl describe.',
  CreateContainerError: 'Look at the pod with kubectl describe.',
  RunContainerError: 'Give a helper image with sh, as busybox has it, with --helper-image.',
  CrashLoopBackOff: 'Give a helper image with sh and sleep, as busybox has them, with --helper-image.',
}

const REJECTED: Record<string, string> = {
  AppArmor: 'The node refuses the AppArmor profile of the pod; look at the kubelet of the node.',
  Evicted: 'The node is short of a resource; free some, then try again.',
  DeadlineExceeded: 'The helper reached its age; try again and a new one is made.',
  NodeShutdown: 'The node is shutting down.',
  Terminated: 'The node is shutting down.',
}

/** Where a helper pod stands, with the cause and what to do when it will not get ready by itself. */
export function helperProgress(pod: HelperPod): HelperProgress {
  const { phase, reason, message } = pod.status
  const container = pod.status.containerStatuses.find((status) => status.name === HELPER_CONTAINER)
  const { waiting, running, terminated } = container?.state ?? {}
  if (pod.deleted) return failed('The helper pod is being deleted.', 'Try again and a new one is made.')
  if (terminated && pod.finished && !REJECTED[reason]) {
    const why = terminated.reason || 'Error'
    const next = why === 'OOMKilled' ? 'The node is short of memory; try again.' : 'Try again and a new one is made.'
    return failed(`The helper ended (${why}, exit code ${terminated.exitCode}).`, next)
  }
  if (pod.finished) {
    const next = REJECTED[reason] ?? 'Look at the node and at the pod with kubectl describe, then try again.'
    return failed(`The node does not run the helper (${[reason || phase, message].filter(Boolean).join(': ')}).`, next)
  }
  if (running) return { state: 'ready' }
  const stuck = waiting && STUCK[waiting.reason]
  if (stuck) {
    const told = [waiting.reason, waiting.message].filter(Boolean).join(': ')
    return failed(`The helper's container does not start (${told}).`, stuck)
  }
  const unscheduled = pod.status.conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
  if (unscheduled) return failed(`The helper was given no place (${unscheduled.message}).`, 'Check the node.')
  return {
    state: 'creating',
    detail: waiting?.reason || (pod.node ? 'the node has not started it yet' : 'waiting for the node'),
  }
}

function failed(detail: string, next: string): HelperProgress {
  return { state: 'failed', detail, next }
}
