import type { Gap } from '../model/node-scan.ts'
import { type ExpectedPlace, REASONS, type ReasonKey } from './reasons.ts'

/**
 * Every sentence that a graph holds, in English; the shape is the catalogue's type. Kernel terms and the names of fields stay in
 * every language.
 */
export const graphWords = {
  /** Why a container is where the spec puts it. */
  reason: (key: ReasonKey): string => REASONS[key].text,
  /** The field or circumstance that decides. */
  field: (field: string): string => field,
  why: {
    unnamed: 'The API server does not name this container, so there is nothing to predict from.',
    undecided:
      'This depends on the container runtime and cgroup version of the node. They are not known, or what this runtime does is not.',
    unexplained: (reason: string): string => `The spec does not explain this. What it predicts: ${reason}`,
    isolated: (runtime: string): string =>
      `${runtime}: this is where the runtime's own process is on the node. The node's view does not describe what the app sees.`,
  },
  unreadable: {
    denied: 'Not permitted: the reader needs CAP_SYS_PTRACE and, on nodes with AppArmor, the profile Unconfined.',
    gone: 'The process has ended and left its namespaces; it waits for its parent to take note.',
    lacking: "This node's kernel has no namespaces of this type.",
  },
  /** Why a container is in no namespace. */
  absent: {
    notScanned: 'The node was not scanned.',
    waiting: (reason: string | null): string => (reason ? `Not started: ${reason}.` : 'Not started yet.'),
    ended: (reason: string | null): string => (reason ? `Ended: ${reason}.` : 'Ended.'),
    inside: (runtime: string): string => `It runs inside ${runtime}, where the node cannot look.`,
    unseen: 'The API server says it is running, but the scan saw no process of it.',
    unknown: 'The API server does not tell its state.',
  },
  name: {
    isolated: (runtime: string): string => `${runtime} sandbox`,
    unknown: (id: string): string => `unknown container ${id}`,
    thread: (tid: number, of: string): string => `thread ${tid} of ${of}`,
  },
  userFacts: {
    range: (inside: number, outside: number, count: number): string => `uid ${inside} → ${outside} (${count} ids)`,
    owns: (namespace: string): string => `owns ${namespace} (measured)`,
    ownsByRule: 'owns what was made inside it (by rule, not measured)',
  },
  finding: {
    isolated: (runtime: string, evidence: string): string =>
      `This pod runs under ${runtime} (${evidence}), with a kernel of its own between its apps and the node. The node's view does not describe what the app sees: what is drawn are the namespaces of the runtime's own processes, and nothing is predicted or compared.`,
    pause: 'Pause',
    container: (name: string): string => `Container ${name}`,
    place: {
      own: 'one of its own',
      sandbox: "the sandbox's",
      node: "the node's",
      target: 'that of the container it targets',
    } satisfies Record<ExpectedPlace, string>,
    /** Whose a namespace is that a container or process is in against expectation. */
    whose: {
      shared: (names: readonly string[]): string => `which it shares with ${names.join(', ')}`,
      apart: 'a namespace apart',
      node: "the node's",
      pinned: (path: string): string => `kept by ${path}`,
      outside: (pods: string): string => `which is held outside the pod${inParentheses(pods)}`,
    },
    differs: (it: {
      who: string
      field: string
      place: string
      type: string
      namespace: string
      whose: string
    }): string =>
      `${it.who}: the spec (${it.field}) predicts ${it.place} for the ${it.type} namespace, but it is in ${it.namespace}, ${it.whose}.`,
    /** Other pods, `more` of them beside those that are named; empty for none. */
    pods: (named: readonly string[], more: number): string => {
      if (more === 0) return named.join(' and ')
      if (named.length > 0) return `${named.join(', ')} and ${more} other ${more === 1 ? 'pod' : 'pods'}`
      return more === 1 ? 'a pod that the API server does not name' : `${more} pods that the API server does not name`
    },
    podsMeet: (pods: string, namespaces: readonly string[]): string =>
      `Shared with ${pods}, though not the node's: ${namespaces.join(', ')}. Kubernetes gives each pod its own, so a process went there by other means (nsenter, setns), or the runtime failed.`,
    severalSandboxes: (ids: readonly string[]): string =>
      `The pod has ${ids.length} sandboxes at this moment (${ids.join(', ')}): one is being replaced, so the pod's shared namespaces are about to change.`,
    pauseMissing: (runtime: string): string =>
      `The pod's containers run, but no pause process was found; under ${runtime} the shared namespaces now live only as long as the containers and pins do.`,
    saidToRun: (name: string): string =>
      `The API server says that container ${name} is running, but the scan saw no process of it.`,
    saidToRest: (name: string, pid: number, state: 'waiting' | 'terminated' | 'unknown'): string =>
      `Container ${name} has process ${pid}, but the API server says that it is ${state}.`,
    /** A process or thread that is elsewhere than its container. */
    departure: ({ place, pid, comm, tid, made, namespaces, types }: DepartureFacts): string => {
      const who = tid === undefined ? 'process' : `thread ${tid} of process`
      const where = namespaces.map(({ key, whose }) => `${key}${inParentheses(whose)}`).join(' and ')
      return `In ${place}, ${who} ${pid} (${comm}) ${made ? 'made' : 'entered'} ${where}: it is not in the container's own ${types.join(' and ')} namespace.`
    },
    departed: (name: string): string => `container ${name}`,
  },
  /** What a scan could not tell. It comes with the English sentence. */
  gap: ({ detail }: Gap): string => detail,
}

export type GraphWords = typeof graphWords

type DepartureFacts = {
  /** `container NAME`, or an unknown container's name. */
  place: string
  pid: number
  comm: string
  /** Set when it is a thread. */
  tid: number | undefined
  /** It made the namespaces, rather than entered them. */
  made: boolean
  /** `whose`: the node's or other pods'; empty when they are nobody else's. */
  namespaces: readonly { key: string; whose: string }[]
  types: readonly string[]
}

function inParentheses(text: string): string {
  return text === '' ? '' : ` (${text})`
}
