import { NAMESPACE_TYPES, type NamespaceType, type ScannedProcess } from '@pausescope/shared'
import type { StatFacts } from './parse-stat.ts'

/** A PID's facts while its parts are read. Without `stat` it has no process any more. */
export type Draft = Pick<ScannedProcess, 'uid' | 'nspid' | 'argv' | 'cgroup' | 'ns'> & {
  pid: number
  stat: StatFacts | null
}

export type LivingDraft = Draft & { stat: StatFacts }

/** The drafts of a scan by PID. `at` makes one where there is none; neighbours in a text are mostly of one PID. */
export class ProcessDrafts {
  readonly #drafts = new Map<number, Draft>()
  #last: Draft | undefined

  at(pid: number): Draft {
    if (this.#last?.pid === pid) return this.#last
    let draft = this.#drafts.get(pid)
    if (!draft) {
      draft = { pid, uid: null, nspid: [], argv: [], cgroup: [], ns: {}, stat: null }
      this.#drafts.set(pid, draft)
    }
    this.#last = draft
    return draft
  }

  has(pid: number): boolean {
    return this.#drafts.has(pid)
  }

  /** All, by PID. */
  sorted(): Draft[] {
    return [...this.#drafts.values()].sort((a, b) => a.pid - b.pid)
  }
}

/**
 * Makes the processes of drafts that have a stat, and says why links are missing: a living process has every type its
 * kernel knows, so what it lacks was denied; a dying one keeps only user and pid (namespaces(7)).
 */
export function finishProcesses(drafts: readonly LivingDraft[]): {
  processes: ScannedProcess[]
  types: NamespaceType[]
} {
  const types = NAMESPACE_TYPES.filter((type) => drafts.some(({ ns }) => ns[type] !== undefined))
  const expected = types.length > 0 ? types : NAMESPACE_TYPES
  const processes = drafts.map((draft) => {
    const { pid, ppid, starttime, state, comm, kernelThread, dying } = draft.stat
    const { uid, argv, cgroup, ns } = draft
    const nspid = draft.nspid.length > 0 ? draft.nspid : [pid]
    const process: ScannedProcess = { pid, ppid, starttime, state, uid, nspid, comm, argv, kernelThread, cgroup, ns }
    if (expected.some((type) => ns[type] === undefined)) process.unreadable = dying ? 'gone' : 'denied'
    return process
  })
  return { processes, types }
}
