import type { GraphContainer, GraphNamespace, Holder, PodGraph } from '../graph/graph-types.ts'
import type { NamespaceType } from '../model/namespace-type.ts'

/** What stands where: the picture before it has any size. */
export type Picture = {
  cards: readonly PictureCard[]
  /** The panel of the pod, one section for each thing that holds namespaces. */
  sections: readonly PictureSection[]
  foreign: readonly GraphNamespace[]
  node: readonly GraphNamespace[]
}

export type PictureCard = {
  container: GraphContainer
  /** Entered by the container's first process, shared with nobody. */
  own: readonly GraphNamespace[]
  /** Made by a process inside the container. */
  nested: readonly GraphNamespace[]
  /** Shared, the node's and foreign ones, in the order of the panels. */
  linked: readonly GraphNamespace[]
}

export type PictureSection = { holder: Holder | null; namespaces: readonly GraphNamespace[] }

/** The order a story is told in: what a pod is known for comes first. */
const ORDER: readonly NamespaceType[] = ['net', 'uts', 'ipc', 'pid', 'user', 'mnt', 'cgroup', 'time']
/** In a card, what every container has for itself comes first. */
const CARD_ORDER: readonly NamespaceType[] = ['mnt', 'pid', 'cgroup', 'net', 'uts', 'ipc', 'user', 'time']

/** Sorts the graph's namespaces to their places; the same for any order of the graph's lists of namespaces. */
export function arrange(graph: PodGraph): Picture {
  const sorted = sort(graph.namespaces, ORDER)
  const inCard = sorted.filter(({ scope, members }) => scope === 'own' && members.length === 1)
  const shared = sorted.filter(
    (namespace) => namespace.scope === 'pod' || (namespace.scope === 'own' && !inCard.includes(namespace)),
  )
  const sections = sectionsOf(shared, graph)
  const foreign = sorted.filter(({ scope }) => scope === 'foreign')
  // Without a container of the pod in it, a namespace of the node says nothing about the pod.
  const node = sorted.filter(({ scope, members }) => scope === 'node' && members.length > 0)
  const inPanels = [...sections.flatMap(({ namespaces }) => namespaces), ...foreign, ...node]
  const cards = graph.containers.map((container) => {
    const mine = sort(
      inCard.filter(({ members }) => members[0] === container.key),
      CARD_ORDER,
    )
    return {
      container,
      own: mine.filter(({ nested }) => !nested),
      nested: mine.filter(({ nested }) => nested),
      linked: inPanels.filter(({ members }) => members.includes(container.key)),
    }
  })
  return { cards, sections, foreign, node }
}

function sectionsOf(namespaces: readonly GraphNamespace[], graph: PodGraph): PictureSection[] {
  const sections = new Map<string, { holder: Holder | null; namespaces: GraphNamespace[] }>()
  for (const namespace of namespaces) {
    const name = holderName(namespace.holder)
    const section = sections.get(name) ?? { holder: namespace.holder, namespaces: [] }
    section.namespaces.push(namespace)
    sections.set(name, section)
  }
  // The first container's sections come first, then what most are in, then as the containers stand: so lines cross least.
  const weight = (section: PictureSection) => Math.max(...section.namespaces.map(({ members }) => members.length))
  const first = graph.containers[0]?.key ?? ''
  const hasFirst = (section: PictureSection) =>
    section.namespaces.some(({ members }) => members.includes(first)) ? 1 : 0
  const place = (section: PictureSection) =>
    graph.containers.findIndex(({ key }) => section.namespaces.some(({ members }) => members.includes(key)))
  return [...sections.values()].sort(
    (a, b) => hasFirst(b) - hasFirst(a) || weight(b) - weight(a) || place(a) - place(b),
  )
}

/** Equal for what is one holder to the reader: all pins of a runtime, one process. */
function holderName(holder: Holder | null): string {
  if (holder === null) return 'unseen'
  return holder.kind === 'pin' ? 'pin' : `${holder.kind} ${holder.pid}`
}

function sort(namespaces: readonly GraphNamespace[], order: readonly NamespaceType[]): GraphNamespace[] {
  return [...namespaces].sort((a, b) => order.indexOf(a.id.type) - order.indexOf(b.id.type) || a.id.inode - b.id.inode)
}
