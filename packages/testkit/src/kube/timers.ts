/** Timers with one end for all of them. */
export class Timers {
  readonly #pending = new Set<NodeJS.Timeout>()
  #closed = false

  /** Runs `action` after a delay, unless closed before. Returns what cancels it. */
  after(ms: number, action: () => void): () => void {
    if (this.#closed) return () => {}
    const timer = setTimeout(() => {
      this.#pending.delete(timer)
      action()
    }, ms)
    this.#pending.add(timer)
    return () => {
      clearTimeout(timer)
      this.#pending.delete(timer)
    }
  }

  close(): void {
    this.#closed = true
    for (const timer of this.#pending) clearTimeout(timer)
    this.#pending.clear()
  }
}
