import type { NodeGraphPod, NodeGroup, NodeMark, NodeTypeCensus } from '../graph/node-graph-types.ts'
import type { NamespaceType } from '../model/namespace-type.ts'
import type { NodeWords } from './words/node-en.ts'

/** What a group of pods is called. */
export function groupTitle(
  { kind, fields, nodeTypes, marks }: NodeGroup,
  order: readonly NamespaceType[],
  { group }: NodeWords,
): string {
  switch (kind) {
    case 'node':
      return group.inNodes(nodeTypes)
    case 'pattern': {
      const beyond = order.filter((type) => marks[type].includes('foreign'))
      if (fields.length === 0) return beyond.length > 0 ? group.beyond(beyond) : group.ordinary
      const mixed = order.filter((type) => marks[type].length > 1)
      return mixed.length > 0 ? group.differ(group.withFields(fields), mixed) : group.withFields(fields)
    }
    default:
      return group.titles[kind]
  }
}

/** Below the title of a group: why it is one, and what all its pods have. */
export function groupNote(
  { kind, fields, marks }: NodeGroup,
  order: readonly NamespaceType[],
  words: NodeWords,
): string {
  const { group } = words
  if (kind === 'isolated' || kind === 'unread' || kind === 'silent') return group.unseen[kind]
  const byPlace = new Map<string, NamespaceType[]>()
  for (const type of order) {
    const place = placeText(marks[type], words)
    if (place !== '') byPlace.set(place, [...(byPlace.get(place) ?? []), type])
  }
  const told = [...byPlace].map(([place, types]) => group.place(types, place))
  const fieldText = fields.join(', ')
  const why = kind === 'unnamed' || kind === 'container' ? group.why[kind] : kind === 'node' ? fieldText : ''
  return [why, ...told].filter((part) => part !== '').join(' · ')
}

/** Whose namespaces the containers of a pod are in; empty where none could be read. */
export function placeText(mark: NodeMark, { scopes, or }: NodeWords): string {
  return mark.map((scope) => scopes[scope]).join(or)
}

/** What other namespaces of a type there are besides the node's, two of them in a line. */
export function othersOf(
  count: Pick<NodeTypeCensus, 'ofPods' | 'shared' | 'ofNoPod' | 'pinned'>,
  { others }: NodeWords,
): string[] {
  const parts = (['ofPods', 'shared', 'ofNoPod', 'pinned'] as const).flatMap((kind) =>
    count[kind] > 0 ? [others[kind](count[kind])] : [],
  )
  if (parts.length === 0) return [others.none]
  return [parts.slice(0, 2), parts.slice(2)].flatMap((some) => (some.length > 0 ? [`+ ${some.join(', ')}`] : []))
}

/** The second line of a pod's tile; how many containers run is left out where the state would be cut for it. */
export function podStatus(pod: NodeGraphPod, words: NodeWords, fits: (text: string) => boolean): string {
  const { kind, namespace, status, running, containers, comm, inside, isolation } = pod
  const made = inside.length > 0 ? [words.inside(inside)] : []
  switch (kind) {
    case 'named': {
      const told = [namespace, status, ...made].join(' · ')
      const counted = `${told} · ${words.running(running, containers)}`
      return isolation || made.length > 0 || !fits(counted) ? told : counted
    }
    case 'unnamed':
      return [words.group.containers(containers), ...made].join(' · ')
    case 'container':
      return [namespace, ...(comm === null ? [] : [comm]), ...made].join(' · ')
  }
}

/** What a pod's tile is called by those who hear the picture, before its marks. */
export function podLabel({ kind, key, status, isolation, comm }: NodeGraphPod, { label, behind }: NodeWords): string[] {
  switch (kind) {
    case 'named':
      return [label.pod(key), status, ...(isolation ? [behind(isolation.runtime)] : [])]
    case 'unnamed':
      return [label.unnamed(key)]
    case 'container':
      return [key, ...(comm === null ? [] : [comm])]
  }
}
