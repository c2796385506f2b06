import type { NodeFacts, Pod } from '../model/pod.ts'
import { describeValue, KubeObjectError } from './kube-object-error.ts'
import { parseNode, parsePod } from './parse-pod.ts'

/**
 * Pods of a parsed JSON or YAML document: a Pod, a PodList, or a List, of which the Pods are taken.
 * @throws KubeObjectError that says what it got instead.
 */
export function podsFromDocument(value: unknown): Pod[] {
  return fromDocument(value, 'Pod', parsePod)
}

/**
 * Nodes of a parsed JSON or YAML document: a Node, a NodeList, or a List, of which the Nodes are taken.
 * @throws KubeObjectError that says what it got instead.
 */
export function nodesFromDocument(value: unknown): NodeFacts[] {
  return fromDocument(value, 'Node', parseNode)
}

function fromDocument<Item>(value: unknown, kind: 'Pod' | 'Node', parse: (object: unknown) => Item): Item[] {
  const code = kind === 'Pod' ? 'wrong-kind' : 'wrong-node'
  const document = value as { kind?: unknown; items?: unknown } | null
  const isList = document?.kind === 'List' || document?.kind === `${kind}List`
  if (!isList) {
    if (document?.kind !== kind) {
      throw new KubeObjectError(code, `Expected ${kind}s, got ${describeValue(value)}.`)
    }
    return [parse(value)]
  }
  const items = document.items ?? []
  if (!Array.isArray(items)) {
    throw new KubeObjectError('malformed', `This ${document.kind} cannot be read: items is no list.`)
  }
  const wanted = items.filter((item) => kindOf(item) === kind || (kindOf(item) === null && document.kind !== 'List'))
  if (wanted.length === 0 && items.length > 0) {
    throw new KubeObjectError(code, `Expected ${kind}s, got a list of ${describeValue(items[0])} without any ${kind}.`)
  }
  return wanted.map((item, index) => parseItem(item, index, kind, parse))
}

function parseItem<Item>(item: unknown, index: number, kind: string, parse: (object: unknown) => Item): Item {
  try {
    return parse(item)
  } catch (cause) {
    if (!(cause instanceof KubeObjectError)) throw cause
    throw new KubeObjectError(cause.code, `${kind} ${index + 1} of the list: ${cause.message}`)
  }
}

function kindOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null ? ((item as { kind?: unknown }).kind ?? null) : undefined
}
