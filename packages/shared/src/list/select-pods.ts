import type { PodList } from '../model/api.ts'
import type { PodSummary } from '../model/pod.ts'
import { compareText } from '../observe/scan-index.ts'
import { type ListQuery, searchWords } from './list-query.ts'

/**
 * The part of all pods that a list shows: those with every word of the search in their namespace, name, node or status, by
 * namespace, and in each as given; as many as the limit lets through. Closed namespaces tell only how many there are.
 */
export function selectPods(pods: readonly PodSummary[], { search, limit, closed }: ListQuery): PodList {
  const finders = searchWords(search).map(finder)
  const groups = new Map<string, PodSummary[]>()
  let found = 0
  for (const pod of pods) {
    if (!finders.every((finds) => finds(pod))) continue
    found++
    const group = groups.get(pod.namespace)
    if (group) group.push(pod)
    else groups.set(pod.namespace, [pod])
  }
  const isClosed = new Set(closed)
  const list: PodList = { pods: [], groups: [], namespaces: groups.size, found, all: pods.length }
  let whole = true
  for (const namespace of [...groups.keys()].sort(compareText)) {
    if (!whole) break
    const members = groups.get(namespace) ?? []
    list.groups.push({ namespace, pods: members.length })
    if (isClosed.has(namespace)) continue
    const room = limit - list.pods.length
    list.pods.push(...members.slice(0, room))
    whole = members.length <= room
  }
  return list
}

/**
 * Whether a pod has a word. Namespaces, nodes and states are the same for many pods, and are looked into once; only a word with
 * a slash is looked for across namespace and name.
 */
function finder(word: string): (pod: PodSummary) => boolean {
  if (word.includes('/')) return ({ namespace, name }) => `${namespace}/${name}`.toLowerCase().includes(word)
  const known = new Map<string, boolean>()
  const isIn = (text: string) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const found = text.toLowerCase().includes(word)
    known.set(text, found)
    return found
  }
  return ({ namespace, name, nodeName, status }) =>
    name.toLowerCase().includes(word) || isIn(namespace) || isIn(status) || (nodeName !== null && isIn(nodeName))
}
