import { NAMESPACE_TYPES, type NamespaceType, type ScannedProcess } from '@pausescope/shared'

/** The processes of a scan while their parts are read, by PID. A part may come before or after any other. */
export class ProcessDrafts {
  readonly #drafts = new Map<number, ScannedProcess>()
  #last: ScannedProcess | undefined
  /** PIDs past giving up their namespaces. */
  readonly dying = new Set<number>()

  /** The process of a PID, made where there is none. Neighbours in a text are mostly of one PID. */
  at(pid: number): ScannedProcess {
    if (this.#last?.pid === pid) return this.#last
    let draft = this.#drafts.get(pid)
    if (!draft) {
      draft = blank(pid)
      this.#drafts.set(pid, draft)
    }
    this.#last = draft
    return draft
  }

  has(pid: number): boolean {
    return this.#drafts.has(pid)
  }

  /** All, by PID. Those without a state had no stat: their process has ended. */
  sorted(): ScannedProcess[] {
    return [...this.#drafts.values()].sort((a, b) => a.pid - b.pid)
  }

  /**
   * Says of those that stayed why links are missing: a living process has every type its kernel knows, so what it lacks
   * was denied; a dying one keeps only user and pid (namespaces(7)).
   * @returns the types that any process has.
   */
  finish(processes: readonly ScannedProcess[]): NamespaceType[] {
    const types = NAMESPACE_TYPES.filter((type) => processes.some(({ ns }) => ns[type] !== undefined))
    const expected = types.length > 0 ? types : NAMESPACE_TYPES
    for (const process of processes) {
      if (process.nspid.length === 0) process.nspid = [process.pid]
      if (expected.every((type) => process.ns[type] !== undefined)) continue
      process.unreadable = this.dying.has(process.pid) ? 'gone' : 'denied'
    }
    return types
  }
}

function blank(pid: number): ScannedProcess {
  return {
    pid,
    ppid: 0,
    starttime: 0,
    state: '',
    uid: null,
    nspid: [],
    comm: '',
    argv: [],
    kernelThread: false,
    cgroup: [],
    ns: {},
  }
}
