export type LookedIntoOptions = {
  /** How long a pod is looked into after somebody asked, in milliseconds. */
  forMs: number
  /** Monotonic, in milliseconds. */
  clock: () => number
}

/** The pods of each node that are looked into: whose evidence somebody asked for a short while ago. */
export class LookedInto {
  readonly #options: LookedIntoOptions
  /** By node, then `namespace/name`: until when. */
  readonly #nodes = new Map<string, Map<string, number>>()

  constructor(options: LookedIntoOptions) {
    this.#options = options
  }

  /** @param pod `namespace/name` */
  look(node: string, pod: string): void {
    const pods = this.#nodes.get(node) ?? new Map<string, number>()
    this.#nodes.set(node, pods.set(pod, this.#options.clock() + this.#options.forMs))
  }

  /** Those of this node, now. */
  on(node: string): string[] {
    const pods = this.#nodes.get(node)
    if (!pods) return []
    const now = this.#options.clock()
    for (const [pod, until] of pods) if (until <= now) pods.delete(pod)
    if (pods.size === 0) this.#nodes.delete(node)
    return [...pods.keys()]
  }
}
