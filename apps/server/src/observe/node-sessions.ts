import { randomUUID } from 'node:crypto'
import { told } from '@pausescope/shared'
import { ExecLoop } from '../exec/exec-loop.ts'
import type { HelperTarget } from '../helper/helper-manager.ts'
import { LOOP_END, LOOP_LIFE_SECONDS, loopCommand, loopTurn } from '../helper/helper-script.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import { raceAbort } from '../kube/race-abort.ts'
import { PROBE_SCRIPT } from '../probe/probe-script.ts'

type Session = { loop: ExecLoop; target: HelperTarget; openedAt: number }

/** A node that is held, by so many; the session is opened by its first turn. */
type Held = { session: Session | null; holders: number; busy: boolean }

/** What is asked of a held node. */
export type NodeTurn<T> = {
  target: HelperTarget
  /** Of the reader on the node, in place of the probe. */
  script?: string
  read: (output: Buffer) => T
  /** Longest time, in milliseconds. */
  limitMs: number
  signal: AbortSignal
}

export type NodeSessionsOptions = {
  api: KubeApi
  /** Monotonic, in milliseconds. */
  clock: () => number
  /** How often sessions are pinged, in milliseconds. */
  pingMs?: number | undefined
}

/** When a session makes way for a new one: before the loop in the helper ends by its age. */
const SESSION_MS = (LOOP_LIFE_SECONDS * 1000) / 2

/** The execs that are held open: one for each node that is watched or looked into, and no longer than it is. */
export class NodeSessions {
  readonly #options: NodeSessionsOptions
  readonly #held = new Map<string, Held>()
  readonly #closing = new Set<Promise<void>>()

  constructor(options: NodeSessionsOptions) {
    this.#options = options
  }

  /**
   * From now on the node is scanned over one session.
   * @returns what ends that; the session ends with the last who holds the node.
   */
  hold(node: string): () => void {
    const held = this.#held.get(node) ?? { session: null, holders: 0, busy: false }
    this.#held.set(node, held)
    held.holders++
    let released = false
    return () => {
      if (released) return
      released = true
      held.holders--
      if (held.holders > 0) return
      if (this.#held.get(node) === held) this.#held.delete(node)
      if (!held.busy) this.#end(held)
    }
  }

  isHeld(node: string): boolean {
    return this.#held.has(node)
  }

  /**
   * Asks a node that is held; one turn at a time.
   * @throws ExecError, KubeError, what `read` throws, or the signal's reason. The session may have ended then; the next turn opens
   * another.
   */
  async turn<T>(node: string, { target, script, read, limitMs, signal }: NodeTurn<T>): Promise<T> {
    const held = this.#held.get(node)
    if (!held) throw new Error(`The node ${node} is not held.`)
    held.busy = true
    try {
      const { loop } = await this.#session(held, node, target, signal)
      const turn = loopTurn(randomUUID(), Math.ceil(limitMs / 1000), script)
      return await loop.turn({ ...turn, read, signal, deadlineMs: limitMs })
    } finally {
      held.busy = false
      if (this.#held.get(node) !== held) this.#end(held)
    }
  }

  /** Ends all sessions, in bounded time. Never rejects. */
  async close(): Promise<void> {
    for (const held of this.#held.values()) if (!held.busy) this.#end(held)
    this.#held.clear()
    await Promise.all(this.#closing)
  }

  async #session(held: Held, node: string, target: HelperTarget, signal: AbortSignal): Promise<Session> {
    const { session } = held
    const { api, clock, pingMs } = this.#options
    const isGood = session?.loop.isOpen && session.target.pod === target.pod && clock() - session.openedAt < SESSION_MS
    if (session && isGood) return session
    this.#end(held)
    const access = await raceAbort(api.access(), signal)
    const loop = new ExecLoop({
      ...target,
      access,
      command: loopCommand(PROBE_SCRIPT),
      what: told('do.scan', { node }),
      ...(pingMs === undefined ? {} : { pingMs }),
    })
    held.session = { loop, target, openedAt: clock() }
    return held.session
  }

  #end(held: Held): void {
    const closing = held.session?.loop.close(LOOP_END)
    held.session = null
    if (!closing) return
    this.#closing.add(closing)
    void closing.finally(() => this.#closing.delete(closing))
  }
}
