import { randomUUID } from 'node:crypto'
import type { NodeScan } from '@pausescope/shared'
import { ExecLoop } from '../exec/exec-loop.ts'
import type { HelperTarget } from '../helper/helper-manager.ts'
import { LOOP_END, LOOP_LIFE_SECONDS, loopCommand, loopTurn } from '../helper/helper-script.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import { raceAbort } from '../kube/race-abort.ts'
import { parseProbe } from '../probe/parse-probe.ts'
import { PROBE_SCRIPT } from '../probe/probe-script.ts'

type Session = { loop: ExecLoop; target: HelperTarget; openedAt: number }

/** A node that is watched; the session is opened by its first scan. */
type Held = { session: Session | null; scanning: boolean }

export type NodeSessionsOptions = {
  api: KubeApi
  /** Monotonic, in milliseconds. */
  clock: () => number
  /** How often sessions are pinged, in milliseconds. */
  pingMs?: number | undefined
}

/** When a session makes way for a new one: before the loop in the helper ends by its age. */
const SESSION_MS = (LOOP_LIFE_SECONDS * 1000) / 2

/** The execs that are held open: one for each node that is watched, and no longer than it is. */
export class NodeSessions {
  readonly #options: NodeSessionsOptions
  readonly #held = new Map<string, Held>()
  readonly #closing = new Set<Promise<void>>()

  constructor(options: NodeSessionsOptions) {
    this.#options = options
  }

  /** From now on the node is scanned over one session, until `release`. */
  hold(node: string): void {
    if (!this.#held.has(node)) this.#held.set(node, { session: null, scanning: false })
  }

  release(node: string): void {
    const held = this.#held.get(node)
    this.#held.delete(node)
    if (held && !held.scanning) this.#end(held)
  }

  isHeld(node: string): boolean {
    return this.#held.has(node)
  }

  /**
   * Scans a node that is held; one scan at a time.
   * @throws ExecError, ProbeError, KubeError, or the signal's reason. The session may have ended then; the next scan opens another.
   */
  async scan(node: string, target: HelperTarget, limitMs: number, signal: AbortSignal): Promise<NodeScan> {
    const held = this.#held.get(node)
    if (!held) throw new Error(`The node ${node} is not held.`)
    held.scanning = true
    try {
      const { loop } = await this.#session(held, node, target, signal)
      const turn = loopTurn(randomUUID(), Math.ceil(limitMs / 1000))
      return await loop.turn({ ...turn, read: parseProbe, signal, deadlineMs: limitMs })
    } finally {
      held.scanning = false
      if (this.#held.get(node) !== held) this.#end(held)
    }
  }

  /** Ends all sessions, in bounded time. Never rejects. */
  async close(): Promise<void> {
    for (const node of [...this.#held.keys()]) this.release(node)
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
      what: `scan the node ${node}`,
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
