import { type NodeFacts, type Pod, type PodSummary, parseNode, type Told, told } from '@pausescope/shared'
import { z } from 'zod'
import type { Cluster } from './cluster.ts'
import { type KeptPod, podKeeper, unpackPod } from './kept-pod.ts'
import type { KubeError } from './kube-error.ts'
import { ListWatch, type ListWatchOptions, type WatchState } from './list-watch.ts'

export type PodStoreOptions = Pick<ListWatchOptions<unknown>, 'random' | 'wait' | 'onFailure'> & {
  cluster: Pick<Cluster, 'api' | 'namespace'>
  /** Told after every change of pods, nodes or the state of their watches. */
  onChange?: () => void
}

const namespaceSchema = z.object({ metadata: z.object({ name: z.string() }) })

/** How many namespaces are listed at a time when they must be listed one by one. */
const LISTS_AT_ONCE = 8

/**
 * The cluster's pods and nodes, kept fresh. Where pods may not be listed for the whole cluster, each namespace the user may
 * see is watched by itself; where namespaces may not be listed either, the context's namespace and `default` are.
 */
export class PodStore {
  readonly #options: PodStoreOptions
  readonly #keepPod = podKeeper()
  readonly #all: ListWatch<KeptPod>
  readonly #nodes: ListWatch<NodeFacts>
  readonly #single = new Map<string, ListWatch<KeptPod>>()
  #namespaces: ListWatch<string> | null = null
  #opening = Promise.resolve()
  #closed = false
  #sorted: { stamp: string; pods: readonly PodSummary[] } = { stamp: '', pods: [] }

  constructor(options: PodStoreOptions) {
    this.#options = options
    this.#all = this.#watch(told('kube.pods'), '/api/v1/pods', this.#keepPod, () => this.#allChanged())
    this.#nodes = this.#watch(told('kube.nodes'), '/api/v1/nodes', parseNode)
  }

  /** Begins to list and watch; resolves when what may be listed has been listed once, or has failed. */
  async start(): Promise<void> {
    this.#all.start()
    this.#nodes.start()
    await Promise.all([this.#all.settled(), this.#nodes.settled()])
    await this.#namespaces?.settled()
    await this.#opening
  }

  /** All known pods, by namespace and name. The same array until something changes. */
  pods(): readonly PodSummary[] {
    const stores = this.#podStores()
    const stamp = this.#stamp(stores)
    if (stamp !== this.#sorted.stamp) {
      const pods: PodSummary[] = []
      for (const store of stores) for (const { summary } of store.items.values()) pods.push(summary)
      this.#sorted = { stamp, pods: pods.sort(byName) }
    }
    return this.#sorted.pods
  }

  /** Another text whenever pods or nodes have changed. */
  get revision(): string {
    return `${this.#stamp(this.#podStores())} ${this.#nodes.revision}`
  }

  pod(namespace: string, name: string): Pod | undefined {
    const store = this.#namespaces ? this.#single.get(namespace) : this.#all
    const kept = store?.items.get(`${namespace}/${name}`)
    return kept && unpackPod(kept)
  }

  /** All known pods of a node, by namespace and name. */
  podsOn(node: string): Pod[] {
    return this.pods().flatMap(({ namespace, name, nodeName }) => {
      const pod = nodeName === node ? this.pod(namespace, name) : undefined
      return pod ? [pod] : []
    })
  }

  /** All known nodes, in no order. */
  nodes(): NodeFacts[] {
    return [...this.#nodes.items.values()]
  }

  /** Undefined where the node is not known or nodes may not be read. */
  node(name: string): NodeFacts | undefined {
    return this.#nodes.items.get(`/${name}`)
  }

  /** Whether a node exists; by its pods where nodes may not be read. */
  hasNode(name: string): boolean {
    return this.node(name) !== undefined || this.pods().some((pod) => pod.nodeName === name)
  }

  /** Namespaces whose pods may not be listed, sorted. */
  forbiddenNamespaces(): string[] {
    return [...this.#single]
      .filter(([, store]) => store.state.kind === 'forbidden')
      .map(([name]) => name)
      .sort()
  }

  /** Objects that could not be read. */
  skipped(): number {
    return this.#podStores().reduce((sum, store) => sum + store.skipped, 0)
  }

  /** The worst of the watches that matter: any that lost its connection, else forbidden when none may be read. */
  state(): { kind: WatchState['kind']; cause: KubeError | null } {
    const states = this.#podStores().map((store) => store.state)
    const find = (kind: WatchState['kind']) => states.find((state) => state.kind === kind)
    return (
      find('reconnecting') ??
      find('starting') ??
      find('live') ??
      find('forbidden') ??
      this.#namespaces?.state ??
      this.#all.state
    )
  }

  async close(): Promise<void> {
    this.#closed = true
    const stores = [this.#all, this.#nodes, ...(this.#namespaces ? [this.#namespaces] : []), ...this.#single.values()]
    await Promise.all(stores.map((store) => store.close()))
  }

  #stamp(stores: ListWatch<KeptPod>[]): string {
    return `${[...this.#single.keys()]} ${stores.map((store) => store.revision)}`
  }

  #podStores(): ListWatch<KeptPod>[] {
    return this.#namespaces ? [...this.#single.values()] : [this.#all]
  }

  #watch<T>(what: Told, path: string, parse: (object: unknown) => T, onChange = () => {}): ListWatch<T> {
    const { cluster, ...given } = this.#options
    const changed = () => {
      onChange()
      given.onChange?.()
    }
    return new ListWatch({ ...given, api: cluster.api, what, path, parse, onChange: changed })
  }

  /** The cluster-wide watch goes on asking while namespaces stand in for it, as permissions come and go. */
  #allChanged(): void {
    const { kind } = this.#all.state
    if (this.#closed) return
    if (kind === 'forbidden' && !this.#namespaces) {
      const parse = (object: unknown) => namespaceSchema.parse(object).metadata.name
      this.#namespaces = this.#watch(told('kube.namespaces'), '/api/v1/namespaces', parse, () =>
        this.#reconcile(),
      ).start()
    } else if (kind === 'live' && this.#namespaces) {
      const stores = [this.#namespaces, ...this.#single.values()]
      this.#namespaces = null
      this.#single.clear()
      for (const store of stores) void store.close()
    }
  }

  /** Makes the single watches fit the namespaces there are. */
  #reconcile(): void {
    const { state, items } = this.#namespaces ?? {}
    if (!state || !items || this.#closed || state.kind === 'starting') return
    const guesses = [this.#options.cluster.namespace, 'default']
    const wanted = new Set(state.kind === 'forbidden' ? guesses : items.values())
    for (const [name, store] of this.#single) {
      if (wanted.has(name)) continue
      this.#single.delete(name)
      void store.close()
    }
    const fresh: ListWatch<KeptPod>[] = []
    for (const name of wanted) {
      if (this.#single.has(name)) continue
      const path = `/api/v1/namespaces/${encodeURIComponent(name)}/pods`
      const store = this.#watch(told('kube.pods-of', { namespace: name }), path, this.#keepPod)
      this.#single.set(name, store)
      fresh.push(store)
    }
    if (fresh.length > 0) this.#opening = Promise.all([this.#opening, openInTurn(fresh)]).then(() => {})
  }
}

/** Starts watches a few at a time, so that a thousand namespaces are not a thousand requests at one instant. */
async function openInTurn(stores: ListWatch<KeptPod>[]): Promise<void> {
  for (let at = 0; at < stores.length; at += LISTS_AT_ONCE) {
    await Promise.all(stores.slice(at, at + LISTS_AT_ONCE).map((store) => store.start().settled()))
  }
}

function byName(a: PodSummary, b: PodSummary): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
