import { type KubeObject, objectKey, type ResourceName } from './kube-object.ts'

/** One change of the store. `previous` is null for a new object. */
export type StoreEvent = {
  version: number
  resource: ResourceName
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  object: KubeObject
  previous: KubeObject | null
}

/** Changes that are kept; the older half is forgotten beyond it. */
const LOG_MAX = 20_000

/** The objects and their history, numbered as etcd does: one version for all resources, one step a change. */
export class Store {
  version: number
  #compacted: number
  readonly #objects: Record<ResourceName, Map<string, KubeObject>> = {
    pods: new Map(),
    nodes: new Map(),
    namespaces: new Map(),
  }
  #log: StoreEvent[] = []
  readonly #listeners = new Set<(event: StoreEvent) => void>()

  constructor(version = 1000) {
    this.version = version
    this.#compacted = version
  }

  get(resource: ResourceName, key: string): KubeObject | undefined {
    return this.#objects[resource].get(key)
  }

  /** Objects in the order of their keys, as etcd keeps them. */
  list(resource: ResourceName, namespace: string | null = null): KubeObject[] {
    const all = [...this.#objects[resource].entries()]
    const chosen = namespace === null ? all : all.filter(([key]) => key.startsWith(`${namespace}/`))
    return chosen.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)
  }

  /** Adds or replaces an object and gives it as stored, with its new resourceVersion. */
  put(resource: ResourceName, object: KubeObject): KubeObject {
    const key = objectKey(object)
    const previous = this.#objects[resource].get(key) ?? null
    const stored = this.#numbered(object)
    this.#objects[resource].set(key, stored)
    this.#record({ version: this.version, resource, type: previous ? 'MODIFIED' : 'ADDED', object: stored, previous })
    return stored
  }

  remove(resource: ResourceName, key: string): KubeObject | undefined {
    const previous = this.#objects[resource].get(key)
    if (!previous) return undefined
    this.#objects[resource].delete(key)
    const object = this.#numbered(previous)
    this.#record({ version: this.version, resource, type: 'DELETED', object, previous })
    return object
  }

  /** Changes after a version; `expired` when they are no longer all kept. */
  since(version: number): readonly StoreEvent[] | 'expired' {
    if (version < this.#compacted) return 'expired'
    return this.#log.filter((event) => event.version > version)
  }

  /** Forgets the history, as etcd's compaction does: watches from before get 410. */
  compact(): void {
    this.#log = []
    this.#compacted = this.version
  }

  /** Calls back on every change until the returned function is called. */
  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #numbered(object: KubeObject): KubeObject {
    this.version++
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.version) } }
  }

  #record(event: StoreEvent): void {
    this.#log.push(event)
    if (this.#log.length > LOG_MAX) this.#compacted = this.#log.splice(0, LOG_MAX / 2).at(-1)?.version ?? this.version
    for (const listener of [...this.#listeners]) listener(event)
  }
}
