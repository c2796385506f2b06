import type { NamespaceCensus, Observation, PodProcess } from '../model/observation.ts'
import type { Pod, PodContainer } from '../model/pod.ts'
import type { PodEvidence } from '../model/pod-evidence.ts'
import type { Frame, Recording } from '../model/recording.ts'
import { isolatingProgram } from '../observe/isolation.ts'
import { redactEvidence, redactVolumeMounts, redactVolumes } from './redact-evidence.ts'
import { redactGap } from './redact-gap.ts'
import { createRedactor, type Redactor } from './redactor.ts'

/**
 * An observation that may be shown outside: names of nodes, hosts, clusters and other pods, addresses, arguments, ids of pods
 * and containers, file names of pins, private registries and numbers of users are replaced, the same by the same. The pod's
 * own name, its containers, PIDs and namespaces stay: the graph is the same graph.
 */
export function redactObservation(observation: Observation): Observation {
  return redact(observation, createRedactor([observation]), new Set())
}

/** An observation and its pod's evidence, where there is some, with the same placeholders. */
export function redactWithEvidence<Evidence extends PodEvidence | null>(
  before: Observation,
  evidence: Evidence,
): [Observation, Evidence | PodEvidence] {
  const redactor = createRedactor([before])
  const after = redact(before, redactor, new Set())
  return [after, evidence && redactEvidence(evidence, { before, after }, redactor)]
}

/** The same for all of a recording. Whole nodes are left out: they are lists of other people's pods. */
export function redactRecording(recording: Recording): Recording {
  const all = recording.frames.flatMap(({ observations }) => observations)
  const redactor = createRedactor(all)
  const own = new Set(all.map(({ pod }) => `${pod.namespace}/${pod.name}`))
  const frames = recording.frames.map(({ at, caption, captionIn, observations, evidence }): Frame => {
    const redacted = observations.map((observation) => redact(observation, redactor, own))
    const seen = evidence?.flatMap((one) => {
      const index = observations.findIndex(({ pod }) => pod.uid === one.pod.uid)
      const [before, after] = [observations[index], redacted[index]]
      return before && after ? [redactEvidence(one, { before, after }, redactor)] : []
    })
    const told = caption === null ? null : redactor.text(caption)
    const others = captionIn ? { captionIn: redactEach(captionIn, redactor) } : {}
    return { at, caption: told, ...others, observations: redacted, ...(seen ? { evidence: seen } : {}) }
  })
  const { title, titleIn } = recording
  const others = titleIn ? { titleIn: redactEach(titleIn, redactor) } : {}
  return { ...recording, title: redactor.text(title), ...others, frames }
}

/** The same text in several languages. */
function redactEach<Texts extends object>(texts: Texts, redactor: Redactor): Texts {
  return Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, redactor.text(text)])) as Texts
}

/** @param own pods that keep their names, because they are shown themselves. */
function redact(observation: Observation, redactor: Redactor, own: ReadonlySet<string>): Observation {
  const { at, cluster, node, scanned, baseline } = observation
  const name = redactor.node(node.name)
  const pod = redactPod(observation.pod, redactor)
  const otherPod = (other: string) => (own.has(other) ? ownName(other, observation, redactor) : redactor.pod(other))
  const namespaces = observation.namespaces.map((census) => redactCensus(census, otherPod, redactor))
  return {
    at,
    cluster: { ...cluster, name: cluster.name === null ? null : redactor.cluster(cluster.name) },
    node: { ...node, name, hostname: node.hostname === null ? null : redactor.node(node.hostname), bootId: null },
    pod,
    scanned,
    sandboxes: observation.sandboxes.map((sandbox) => ({ ...sandbox, id: redactor.id(sandbox.id) })),
    processes: observation.processes.map((process) => redactProcess(process, redactor)),
    baseline,
    namespaces,
    gaps: observation.gaps.map((gap) => redactGap(gap, redactor)),
  }
}

function redactPod(pod: Pod, redactor: Redactor): Pod {
  const { nodeName } = pod
  const isNamedAfterHost = pod.hostname !== '' && !pod.name.startsWith(pod.hostname)
  return {
    ...pod,
    name: nodeName === null ? pod.name : mirrorName(pod.name, nodeName, redactor),
    uid: redactor.id(pod.uid),
    configHash: null,
    nodeName: nodeName === null ? null : redactor.node(nodeName),
    podIPs: pod.podIPs.map((address) => redactor.address(address)),
    hostname: isNamedAfterHost ? (redactor.node.known.get(pod.hostname) ?? redactor.host(pod.hostname)) : pod.hostname,
    containers: pod.containers.map((container) => redactContainer(container, redactor)),
    ...redactVolumes(pod, redactor),
  }
}

/** The kubelet names the mirror of a static pod after its node: `etcd-node1`. */
function mirrorName(name: string, nodeName: string, redactor: Redactor): string {
  return name.endsWith(`-${nodeName}`) ? name.slice(0, -nodeName.length) + redactor.node(nodeName) : name
}

function ownName(name: string, { pod: { nodeName } }: Observation, redactor: Redactor): string {
  return nodeName === null ? name : mirrorName(name, nodeName, redactor)
}

function redactContainer(container: PodContainer, redactor: Redactor): PodContainer {
  const { id, previousId, state } = container
  return {
    ...container,
    image: redactImage(container.image, redactor),
    id: id === null ? null : redactor.id(id),
    ...(previousId === undefined ? {} : { previousId: redactor.id(previousId) }),
    ...redactVolumeMounts(container, redactor),
    // Messages of the kubelet name images, pods and addresses.
    state: state.kind === 'waiting' ? { ...state, message: null } : state,
  }
}

/** Registries that anybody may use; every other one is somebody's. */
const PUBLIC =
  /^(?:docker\.io|registry\.k8s\.io|k8s\.gcr\.io|quay\.io|ghcr\.io|gcr\.io|mcr\.microsoft\.com|public\.ecr\.aws)$/

function redactImage(image: string, redactor: Redactor): string {
  const slash = image.indexOf('/')
  const host = image.slice(0, Math.max(0, slash))
  const isHost = /[.:]/.test(host) || host === 'localhost'
  return isHost && !PUBLIC.test(host) ? redactor.registry(host) + image.slice(slash) : image
}

function redactProcess(process: PodProcess, redactor: Redactor): PodProcess {
  const { argv, containerId, uid } = process
  const comm = redactor.text(process.comm)
  const isolates = isolatingProgram(process) !== null
  // What isolates a pod is told by its program: that must not come or go.
  const program = isolates
    ? (argv[0] ?? comm).split('/').at(-1)
    : isolatingProgram({ argv: [], comm })
      ? 'process'
      : comm
  return {
    ...process,
    comm,
    argv: argv.length === 0 ? [] : [program ?? comm],
    cgroup: [],
    containerId: redactor.id(containerId),
    uid: uid === null ? null : redactor.user(uid),
  }
}

function redactCensus(census: NamespaceCensus, otherPod: (pod: string) => string, redactor: Redactor): NamespaceCensus {
  const { lowest, outside, ownerUid, pins, uidMap } = census
  return {
    ...census,
    lowest: lowest && {
      ...lowest,
      uid: lowest.uid === null ? null : redactor.user(lowest.uid),
      command: redactCommand(lowest.command, redactor),
    },
    pins: pins.map((pin) => ({ ...pin, path: redactPin(pin.path, redactor) })),
    ...(uidMap ? { uidMap: uidMap.map((range) => ({ ...range, outside: redactor.user(range.outside) })) } : {}),
    ...(ownerUid === undefined ? {} : { ownerUid: redactor.user(ownerUid) }),
    outside: {
      ...outside,
      pods: outside.pods.map(otherPod),
      examples: outside.examples.map(({ pid, command, pod }) => ({
        pid,
        command: redactCommand(command, redactor),
        pod: pod === null ? null : otherPod(pod),
      })),
    },
  }
}

/** The program of a command line, without folder and arguments. */
function redactCommand(command: string, redactor: Redactor): string {
  const [program = ''] = command.trim().split(/[\s=]/)
  return redactor.text((program.split('/').at(-1) ?? '').replace(/:$/, '')) || 'process'
}

/** `/run/netns/cni-pin-1`: where pins are is a matter of the runtime, how they are called is not. */
function redactPin(path: string, redactor: Redactor): string {
  const [, folder = '/pinned/', cni = '', name = path] =
    /^(\/(?:var\/)?run\/(?:docker\/)?(?:net|ipc|uts|user|pid)ns\/)(cni-)?(.+)$/s.exec(path) ?? []
  return folder + cni + redactor.pin(name)
}
