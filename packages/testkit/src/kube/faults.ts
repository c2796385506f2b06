import type { RequestInfo } from './request-info.ts'

/** What may go wrong with any request before it is answered. */
const REQUEST_FAULTS = [
  'unauthorized',
  'forbidden',
  'not-found',
  'gone',
  'too-many',
  'internal',
  'unavailable',
  /** 200 with a JSON body that ends in the middle. */
  'invalid-json',
  /** 200 with a page of a proxy. */
  'html',
  /** Answers after `delayMs`. */
  'slow-headers',
  /** Never answers. */
  'hang-request',
  /** Cuts the connection without an answer. */
  'destroy',
] as const

/** What may go wrong with a watch that was accepted. They strike after `after` events, default 0: at once. */
const WATCH_FAULTS = [
  /** ERROR event with code 410. */
  'error-410',
  /** ERROR event with code 500. */
  'error-500',
  /** The connection is cut. */
  'drop',
  /** The server ends the answer properly, as at its time limit. */
  'end',
  /** The connection stays, nothing comes any more. */
  'silent',
  /** Half an event, then the connection is cut. */
  'cut-line',
] as const

/** What may go wrong with an exec. */
const EXEC_FAULTS = [
  /** 500 instead of the upgrade, with the kubelet's address. */
  'kubelet-down',
  /** The upgrade succeeds, then the kubelet cannot be reached (as with v5). */
  'kubelet-down-status',
  /** Agrees to v4.channel.k8s.io only. */
  'v4-only',
  /** The socket closes properly after the data, without a status. */
  'no-status',
  /** The last `bytes` of stdout (default 512) are lost, success is reported. */
  'cut',
  /** Nothing runs and nothing comes, or nothing more; pings are answered. */
  'hang',
  /** After `after` bytes: nothing is sent or read, pings are not answered. */
  'half-open',
  /** After `after` bytes the connection is cut. */
  'drop',
  /** Unknown channels, text frames and empty frames among the data; data and status are right. */
  'noise',
  /** The status is not JSON. */
  'bad-status',
  /** `noise` and `bad-status`. */
  'garbage',
  /** The data come in pieces of `bytes` (default 256) with `delayMs` (default 10) between them. */
  'slow',
  /** The server announces the end of stdout (channel 255) before it sends it. */
  'close-frame',
  /** `bytes` of x (default 64 MiB) instead of the command's output. */
  'huge',
  /** The command is killed as by the kernel for lack of memory, when it writes. */
  'killed',
] as const

/** What may go wrong with the start of a created pod. */
const START_FAULTS = ['image-error', 'apparmor', 'unschedulable', 'never', 'crash', 'evicted'] as const

export type RequestFault = (typeof REQUEST_FAULTS)[number]
export type WatchFault = (typeof WATCH_FAULTS)[number]
type ExecFault = (typeof EXEC_FAULTS)[number]
/** What can strike an exec in its midst. */
export type BreakingFault = Extract<ExecFault, 'drop' | 'half-open' | 'hang' | 'cut' | 'garbage'>
export type StartFault = (typeof START_FAULTS)[number]

type FaultDetails = {
  /** How often it strikes; until cleared when absent. */
  times?: number
  /** Only for this resource, namespace, name or node. */
  resource?: string
  namespace?: string
  name?: string
  node?: string
  /** Only for the first page of a list (false) or the next ones (true). */
  continued?: boolean
  delayMs?: number
  retryAfterSeconds?: number
  /** Events or bytes that pass before it strikes. */
  after?: number
  bytes?: number
}

/** A fault to play. `on` is the verb as RBAC names it, `exec`, `any`, or `start` of a created pod. */
export type Fault = FaultDetails &
  (
    | { on: 'any' | 'get' | 'list' | 'delete' | 'patch'; kind: RequestFault }
    | { on: 'create'; kind: RequestFault | 'pod-security' }
    | { on: 'watch'; kind: RequestFault | WatchFault }
    | { on: 'exec'; kind: RequestFault | ExecFault }
    | { on: 'start'; kind: StartFault }
  )

export type Circumstances = {
  resource?: string
  namespace?: string | null
  name?: string | null
  node?: string
  continued?: boolean
}

/** The faults still to be played, in the order in which they were set. */
export class Faults {
  #pending: { fault: Fault; left: number }[] = []

  /**
   * Sets a fault and returns what takes it back.
   * @throws Error when there is no such fault.
   */
  add(fault: Fault): () => void {
    if (!kindsOf(fault.on).includes(fault.kind)) {
      throw new Error(`There is no fault "${fault.kind}" on "${fault.on}"; there are: ${kindsOf(fault.on).join(', ')}.`)
    }
    const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY }
    this.#pending.push(entry)
    return () => {
      this.#pending = this.#pending.filter((other) => other !== entry)
    }
  }

  clear(): void {
    this.#pending = []
  }

  /** The fault that strikes now, if any; it has then been played once more. */
  take(on: Fault['on'], now: Circumstances): Fault | undefined {
    const entry = this.#pending.find(
      ({ fault }) => (fault.on === on || (fault.on === 'any' && on !== 'start')) && fits(fault, now),
    )
    if (!entry) return undefined
    entry.left--
    if (entry.left <= 0) this.#pending = this.#pending.filter((other) => other !== entry)
    return entry.fault
  }
}

function kindsOf(on: Fault['on']): readonly string[] {
  if (on === 'start') return START_FAULTS
  const more = { create: ['pod-security'], watch: WATCH_FAULTS, exec: EXEC_FAULTS } as const
  return [...REQUEST_FAULTS, ...(more[on as keyof typeof more] ?? [])]
}

function fits(fault: Fault, now: Circumstances): boolean {
  return (['resource', 'namespace', 'name', 'node', 'continued'] as const).every(
    (field) => fault[field] === undefined || fault[field] === now[field],
  )
}

/** The operation a request is, for faults: `exec` whatever its method. */
export function operationOf(info: RequestInfo): Fault['on'] {
  if (info.subresource === 'exec') return 'exec'
  if (info.verb === 'deletecollection') return 'delete'
  return info.verb as Fault['on']
}

export function isRequestFault(kind: Fault['kind']): kind is RequestFault {
  return (REQUEST_FAULTS as readonly string[]).includes(kind)
}
