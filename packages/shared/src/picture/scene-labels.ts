import type { GraphContainer, GraphNamespace, Holder, PodGraph } from '../graph/graph-types.ts'
import type { NamespaceType } from '../model/namespace-type.ts'
import { runtimeName } from './runtime-name.ts'
import type { SceneContext } from './scene-parts.ts'

/** Why a container has no process: it waits, has ended well or badly, or nothing is known. */
export type Absence = 'waiting' | 'finished' | 'crashed' | 'unknown'

export function absenceOf(container: GraphContainer): Absence {
  switch (container.state.kind) {
    case 'waiting':
      return container.state.reason === 'CrashLoopBackOff' ? 'crashed' : 'waiting'
    case 'terminated':
      return container.state.exitCode === 0 ? 'finished' : 'crashed'
    case 'running':
    case 'unknown':
      return 'unknown'
  }
}

/** `sandbox`, `native sidecar`; null for what is just a container. */
export function kindText({ kind, containerId }: GraphContainer, { graph, words }: SceneContext): string | null {
  const sandboxes = graph.containers.filter((container) => container.kind === 'sandbox')
  return kind === 'sandbox' && sandboxes.length > 1 && containerId ? words.sandboxId(containerId) : words.kinds[kind]
}

/** `2 restarts, last one: Error, exit code 3`; nothing for a container in its first life. */
export function restartsText({ restarts, lastExit }: GraphContainer, { words }: SceneContext): string | null {
  const last = lastExit ? words.lastExit(lastExit.reason, lastExit.exitCode) : null
  const parts = [restarts > 0 ? words.restarts(restarts) : null, last].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(', ') : null
}

/** The state in words: `running`, `waiting: ImagePullBackOff`, `OOMKilled, exit code 137`. */
export function stateText(container: GraphContainer, { graph, words }: SceneContext): string {
  if (container.pid !== null) return words.state.running
  switch (container.state.kind) {
    case 'running':
      return graph.isolation ? words.state.inside(graph.isolation.runtime) : words.state.runningUnseen
    case 'waiting':
      return words.state.waiting(container.state.reason)
    case 'terminated':
      return container.state.exitCode === 0
        ? words.state.finished
        : words.state.crashed(container.state.reason, container.state.exitCode)
    case 'unknown':
      return words.state.unknown
  }
}

/** Why no namespace is drawn for a container without a process. */
export function absenceText(container: GraphContainer, { graph, words }: SceneContext): string {
  if (!graph.observation.scanned) return words.state.notScanned
  if (container.state.kind !== 'running') return words.state.noProcess
  return graph.isolation ? words.state.insideNote : words.state.unseen
}

/** `held by pause, PID 701`, `pinned by CRI-O, no pause process`. */
export function holderText(holder: Holder | null, { graph, words }: SceneContext): string {
  switch (holder?.kind) {
    case undefined:
      return words.held.unseen
    case 'pause':
      return words.held.pause(holder.pid)
    case 'process':
      return words.held.process(holderContainer(holder.pid, graph)?.name ?? holder.command, holder.pid)
    case 'pin': {
      const paused = graph.containers.some(({ kind, pid }) => kind === 'sandbox' && pid !== null)
      const by = words.held.pin(runtimeName(graph.observation.node.runtime))
      return paused ? by : `${by}, ${words.held.noPause}`
    }
  }
}

/** The same for one that is shared beyond the pod: without the node's own to compare with it may be the node's. */
export function outsideHolderText({ id, holder }: GraphNamespace, context: SceneContext): string {
  return isNodeKnown(id.type, context) ? holderText(holder, context) : context.words.held.perhapsNode
}

/** Is there something to compare with, to tell whether a namespace is the node's? */
export function isNodeKnown(type: NamespaceType, { graph }: SceneContext): boolean {
  return graph.observation.baseline[type] !== undefined
}

function holderContainer(holder: number, graph: PodGraph): GraphContainer | undefined {
  return graph.containers.find(({ processes }) => processes.some(({ pid }) => pid === holder))
}

export function holderNote(holder: Holder | null, { graph, words }: SceneContext): string | null {
  switch (holder?.kind) {
    case undefined:
      return null
    case 'pause':
      return words.held.pauseNote
    case 'pin':
      return words.held.pinNote
    case 'process':
      // Pause is known by its container even where its links could not be read.
      return holderContainer(holder.pid, graph)?.kind === 'sandbox' && !graph.isolation
        ? words.held.pauseNote
        : words.held.processNote
  }
}

/** Who made a namespace inside a container: `sh, PID 1234`. */
export function makerText(namespace: GraphNamespace, { graph, words }: SceneContext): string {
  const { holder, census, id } = namespace
  const held = holder?.kind === 'process' ? holder : null
  // A thread may be in it that is not where its process is.
  const process = graph.observation.processes.find(
    ({ pid, ns }) => ns[id.type] === id.inode && (!held || pid === held.pid),
  )
  if (process) return `${process.comm}, ${words.pid(process.pid)}`
  if (held) return `${held.command}, ${words.pid(held.pid)}`
  return census?.lowest ? `${census.lowest.command}, ${words.pid(census.lowest.pid)}` : words.madeInsideUnknown
}

/** `container myweb2-nginx, running, PID 761, in 8 namespaces` */
export function containerLabel(container: GraphContainer, context: SceneContext): string {
  const { words, marks } = context
  const kind = kindText(container, context) ?? words.label.containerWord
  const process = container.pid === null ? null : words.pid(container.pid)
  const state = [stateText(container, context), process, restartsText(container, context)].filter(
    (part) => part !== null,
  )
  const place =
    container.pid === null ? absenceText(container, context) : words.label.inNamespaces(container.memberships.length)
  const unreadable = container.unreadable.map(({ type }) => type)
  const gaps = unreadable.length === 0 ? [] : [words.unreadable(unreadable), container.unreadable[0]?.reason ?? '']
  const findings = (marks.get(container.key) ?? []).map(({ number }) => words.label.finding(number))
  const told = [...gaps, ...findings, ...freshLabel(container.key, context)]
  return [words.label.container(container.name, kind, state.join(', '), place), ...told].join(', ')
}

function freshLabel(key: string, { fresh, words }: SceneContext): string[] {
  return fresh.has(key) ? [words.label.fresh] : []
}

/** `net:[4026533353], shared by 3 containers of the pod, held by pause, PID 701` */
export function namespaceLabel(namespace: GraphNamespace, context: SceneContext): string {
  const { words, marks, containers } = context
  const member = containers.get(namespace.members[0] ?? '')?.name ?? ''
  const count = namespace.members.length
  const parts = [namespace.key]
  if (namespace.scope === 'own' && count === 1) {
    parts.push(namespace.nested ? words.label.nested(member, makerText(namespace, context)) : words.label.own(member))
  } else if (namespace.scope === 'node') {
    parts.push(words.label.node(count))
    const outside = namespace.census?.outside
    if (outside && outside.processes > 0) parts.push(words.others(outside.processes, outside.podCount).join(' '))
  } else {
    parts.push(namespace.scope === 'foreign' ? words.label.foreign(count) : words.label.pod(count))
    parts.push(
      namespace.scope === 'foreign' ? outsideHolderText(namespace, context) : holderText(namespace.holder, context),
    )
  }
  parts.push(...namespace.facts.map((fact) => words.fact(namespace.id.type, fact)))
  parts.push(...(marks.get(namespace.key) ?? []).map(({ number }) => words.label.finding(number)))
  parts.push(...freshLabel(namespace.key, context))
  return parts.join(', ')
}

/** `myweb2-nginx is in net:[4026533353]: joins the sandbox’s` */
export function linkLabel(container: GraphContainer, namespace: GraphNamespace, { words }: SceneContext): string {
  const why = container.memberships.find((membership) => membership.namespace === namespace.key)?.why
  const what = words.label.link(container.name, namespace.key)
  return why ? `${what}: ${why}` : what
}
