import type { NodeGraphNamespace } from '../graph/node-graph-types.ts'
import { findingText } from './node-finding-text.ts'
import {
  type BandDraft,
  band,
  bandRoom,
  grid,
  NODE_TYPE_ORDER,
  type NodeContext,
  nodePill,
  paintMark,
} from './node-parts.ts'
import { othersOf } from './node-told.ts'
import { runtimeName } from './runtime-name.ts'
import { badges } from './scene-badges.ts'
import { type Block, flow, paragraph, stack } from './scene-blocks.ts'
import { heading, utc } from './scene-frame.ts'
import { baseline, line, TYPE } from './scene-parts.ts'
import { textWidth } from './text-metrics.ts'
import type { NodeWords } from './words/node-en.ts'

/** More namespaces, or pods, than this are counted, not drawn: the page's table and the JSON have them all. */
const MOST_PILLS = 12
const MOST_NAMES = 3
/** A pill is at least so wide; a band of no more pills is small. */
const LEAST_PILL = 255
const FEW_PILLS = 4

/** Title and the facts everything below rests on, as far as they are wished for. */
export function nodeHeader(width: number, context: NodeContext): Block {
  const { graph, words } = context
  return heading(words.heading(graph.observation.node.name), nodeFacts(context), width, context)
}

/** Pods, processes, runtime, cgroup version, Kubernetes version, kernel, time. */
export function nodeFacts({ graph, words }: NodeContext): string[] {
  const { at, cluster, node, pods, processes, scanned, unlisted = [] } = graph.observation
  const podless = unlisted.filter(({ kind }) => kind === 'container').length
  const unnamed = unlisted.length - podless
  const runtime = [runtimeName(node.runtime), node.runtimeVersion].filter((part) => part !== null).join(' ')
  const kubernetes = node.kubeletVersion ?? cluster.version
  const { subtitle } = words
  return [
    subtitle.pods(pods.length),
    ...(unnamed > 0 ? [subtitle.unnamed(unnamed)] : []),
    ...(podless > 0 ? [subtitle.podless(podless)] : []),
    ...(scanned ? [subtitle.processes(processes.all, processes.ofNoPod)] : []),
    ...(runtime === '' ? [] : [runtime]),
    ...(node.cgroupVersion === null ? [] : [subtitle.cgroup(node.cgroupVersion)]),
    ...(kubernetes === null ? [] : [subtitle.kubernetes(kubernetes.replace(/^v/, ''))]),
    ...(node.kernel === null ? [] : [node.kernel]),
    utc(at),
  ]
}

/** The node's own namespaces, and how many others there are of each type. */
export function nodeBand(width: number, { graph, palette, words }: NodeContext): Block {
  const columns = columnsOf(width)
  const pills = NODE_TYPE_ORDER.flatMap((type) => {
    const census = graph.types.find((each) => each.type === type)
    if (!census) return []
    const { node } = census
    const members = node ? words.node.members(node.nprocs, node.podKeys.length) : words.node.unreadable
    const told = [members, ...othersOf(census, words)]
    const label = words.label.node(node?.key ?? type, told.join(', '))
    const ref = node ? ({ kind: 'namespace', key: node.key } as const) : null
    return [
      nodePill({ type, inode: node?.inode ?? null, told, look: 'node', ref, label }, cell(width, columns), palette),
    ]
  })
  return band(words.node, [grid(pills, columns, { x: 10, y: 10 })], width, 'node', palette)
}

/** Said in place of all namespaces when there was no scan. */
export function unscannedBand(width: number, { graph, palette, words }: NodeContext): Block {
  const reasons = graph.gaps.map(({ detail }) => detail).join(' ')
  return band({ title: words.notScanned, note: reasons }, [], width, 'warn', palette)
}

/** Namespaces of several pods that are not the node's. */
export function sharedBand(context: NodeContext): BandDraft {
  const { graph, palette, words } = context
  const { title, none, note } = words.shared
  const isEmpty = graph.shared.length === 0
  return {
    isSmall: () => isFew(graph.shared.length),
    draw: (width) =>
      band({ title, note: isEmpty ? none : note }, pills(graph.shared, width, context), width, 'plain', palette),
  }
}

/** Namespaces that are in use by no pod. */
export function leftOverBand(context: NodeContext): BandDraft {
  const { graph, palette, words } = context
  const { title, none } = words.leftOvers
  const lists = (['pinned', 'ofNoPod'] as const)
    .map((kind) => ({ said: words.leftOvers[kind], namespaces: graph.leftOvers[kind] }))
    .filter(({ namespaces }) => namespaces.length > 0)
  return {
    isSmall: () => isFew(lists.reduce((sum, { namespaces }) => sum + namespaces.length, 0)),
    draw: (width) => {
      const content = lists.flatMap(({ said, namespaces }) => [
        paragraph(said, bandRoom(width), TYPE.strong, palette.ink2),
        ...pills(namespaces, width, context),
      ])
      return band({ title, note: lists.length === 0 ? none : '' }, content, width, 'plain', palette)
    },
  }
}

/** What is empty is one line, and stands alone: beside others it would be an empty box. */
function isFew(count: number): boolean {
  return count > 0 && count <= FEW_PILLS
}

/** 1, 2 or 4: the eight of the node fill their rows. */
function columnsOf(width: number): number {
  const room = Math.floor((bandRoom(width) + 10) / (LEAST_PILL + 10))
  return room >= 4 ? 4 : Math.max(1, Math.min(2, room))
}

function cell(width: number, columns: number): number {
  return Math.floor((bandRoom(width) + 10) / columns) - 10
}

function pills(namespaces: readonly NodeGraphNamespace[], width: number, { palette, words }: NodeContext): Block[] {
  const columns = columnsOf(width)
  const shown = namespaces.slice(0, MOST_PILLS).map((namespace) => {
    const { type, inode, key, scope, nprocs } = namespace
    const told = tell(namespace, words)
    const label = words.label.namespace(key, told.join(', '))
    const look = scope === 'shared' ? 'foreign' : nprocs === 0 ? 'node' : 'pod'
    const ref = { kind: 'namespace', key } as const
    return nodePill({ type, inode, told, look, ref, label }, cell(width, columns), palette)
  })
  if (shown.length === 0) return []
  const more = namespaces.length - shown.length
  const rest = more > 0 ? [paragraph(words.leftOvers.more(more), bandRoom(width), TYPE.small, palette.ink3)] : []
  return [grid(shown, columns, { x: 10, y: 8 }), ...rest]
}

/** Who is in a namespace, or what keeps it; a line for each. */
function tell({ podKeys, pins, command, lowest, scope }: NodeGraphNamespace, words: NodeWords): string[] {
  if (scope === 'shared') {
    const named = podKeys.slice(0, MOST_NAMES)
    const more = podKeys.length - named.length
    return [...named, ...(more > 0 ? [words.leftOvers.more(more)] : [])]
  }
  if (lowest !== null) return [words.lowest(withoutFolder(command ?? ''), lowest)]
  const [path = '', ...more] = pins ?? []
  return [more.length === 0 ? path : words.pinnedTwice(path, more.length)]
}

/** `systemd-udevd` of `/lib/systemd/systemd-udevd`: the details have the whole. */
function withoutFolder(command: string): string {
  return command.replace(/^\/(\S*\/)?/, '')
}

/** How to read the marks. */
export function nodeLegend(width: number, { graph, palette, words }: NodeContext): Block {
  const { legend } = words
  const all = graph.pods.flatMap(({ marks }) => NODE_TYPE_ORDER.map((type) => marks[type]))
  const entries = (['pod', 'own', 'node', 'foreign'] as const).filter(
    (scope) => scope !== 'foreign' || all.some((mark) => mark.includes('foreign')),
  )
  const sample = (text: string, mark: readonly (typeof entries)[number][]): Block => ({
    width: 32 + Math.ceil(textWidth(text, TYPE.body)) + 16,
    height: 18,
    paint: (x, y) => [
      ...paintMark('net', mark, { x, y: y + 2, width: 22, height: 14 }, 0, palette),
      line(text, x + 30, y + baseline(18, TYPE.body), TYPE.body, palette.ink2),
    ],
  })
  const said: Block = paragraph(
    legend.pause,
    Math.ceil(textWidth(legend.pause, TYPE.body)) + 2,
    TYPE.body,
    palette.ink3,
    {
      leading: 18,
    },
  )
  const none = all.some((mark) => mark.length === 0) ? [sample(legend.none, [])] : []
  return flow([...entries.map((scope) => sample(legend[scope], [scope])), ...none, said], width, 4)
}

/** What was found in the pods, and what could not be seen. */
export function nodeFooter(width: number, { graph, palette, words }: NodeContext): Block {
  const isPartial = graph.gaps.length > 0 || graph.pods.some(({ unread }) => unread.length > 0)
  const none = isPartial ? words.noFindingsInPart : words.noFindings
  const findings = graph.findings.map((finding, index): Block => {
    const { severity } = finding
    const text = findingText(finding, words)
    const body = paragraph(text, width - 30, TYPE.body, palette.ink, { leading: 18, maxLines: 6 })
    return {
      width,
      height: Math.max(body.height, 20),
      paint: (x, y) => [
        ...badges([{ number: index + 1, severity }], palette).paint(x, y),
        ...body.paint(x + 28, y + 1),
      ],
    }
  })
  const gaps = graph.gaps.map(({ detail }) =>
    paragraph(detail, width, TYPE.body, palette.ink2, { leading: 18, maxLines: 6 }),
  )
  return stack(
    [
      findings.length === 0 ? paragraph(none, width, TYPE.body, palette.ink2) : stack(findings, 4),
      ...(gaps.length === 0 ? [] : [stack([paragraph(words.gaps, width, TYPE.strong, palette.warn.text), ...gaps], 2)]),
    ],
    10,
  )
}
