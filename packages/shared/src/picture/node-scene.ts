import type { NodeGraph } from '../graph/node-graph-types.ts'
import {
  leftOverBand,
  nodeBand,
  nodeFacts,
  nodeFooter,
  nodeHeader,
  nodeLegend,
  sharedBand,
  unscannedBand,
} from './node-bands.ts'
import { findingText } from './node-finding-text.ts'
import { bandRows, NODE_TYPE_ORDER, type NodeContext } from './node-parts.ts'
import { groupBands, tileSize } from './node-tiles.ts'
import { groupNote, groupTitle, othersOf } from './node-told.ts'
import { PALETTES } from './palette.ts'
import { type NodePictureOptions, PICTURE_DEFAULTS, PICTURE_WIDTH } from './picture-options.ts'
import type { Scene } from './scene.ts'
import { stack } from './scene-blocks.ts'
import type { Mark } from './scene-parts.ts'
import { visibleText } from './visible-text.ts'
import { type NodeWords, nodeWords } from './words/node-en.ts'

/** Narrower than any picture that is exported: on a phone it is read by scrolling down. */
const LEAST_WIDTH = 420
const MARGIN = 32
const TOP = 24

/**
 * Draws a whole node: at the top its own namespaces, what pods share beyond themselves and what no pod uses, then all pods
 * as tiles in groups. The more pods, the less is drawn of each. The same graph and options give the same scene.
 * @param wished what is left out has its default; a width beyond what is possible is taken as the nearest that is.
 * @param words the picture's own, in the language of the graph's sentences.
 */
export function buildNodeScene(
  graph: NodeGraph,
  wished: Partial<NodePictureOptions> = {},
  words: NodeWords = nodeWords,
): Scene {
  const options = { ...PICTURE_DEFAULTS, ...wished }
  const context: NodeContext = { graph, options, palette: PALETTES[options.theme], words, badges: badgesOf(graph) }
  const width = Math.round(Math.min(PICTURE_WIDTH.most, Math.max(LEAST_WIDTH, options.width)))
  const inner = width - MARGIN * 2
  const tiles = bandRows(groupBands(graph.groups, tileSize(graph.pods.length), context), inner)
  const body = stack(
    graph.observation.scanned
      ? [
          nodeHeader(inner, context),
          nodeBand(inner, context),
          ...bandRows([sharedBand(context), leftOverBand(context)], inner),
          ...(options.legend ? [nodeLegend(inner, context)] : []),
          ...tiles,
          nodeFooter(inner, context),
        ]
      : [nodeHeader(inner, context), unscannedBand(inner, context), ...tiles],
    16,
  )
  return {
    width,
    height: Math.ceil(body.height + TOP * 2),
    background: options.transparent ? null : context.palette.background,
    title: visibleText(words.title(graph.observation.node.name)),
    description: visibleText(describeNode(context)),
    children: body.paint(MARGIN, TOP),
  }
}

function badgesOf({ findings }: NodeGraph): ReadonlyMap<string, readonly Mark[]> {
  const marks = new Map<string, Mark[]>()
  for (const [index, { severity, items }] of findings.entries()) {
    for (const pod of new Set(items.map((item) => item.pod))) {
      const mark = { number: index + 1, severity }
      const found = marks.get(pod)
      if (found) found.push(mark)
      else marks.set(pod, [mark])
    }
  }
  return marks
}

/** The whole picture in words: facts, the node's namespaces, what is shared, what no pod uses, groups with their pods. */
function describeNode(context: NodeContext): string {
  const { graph, words } = context
  const { node, shared, leftOvers, label } = words
  const nodes = graph.types.map(({ type, node: own, ...count }) =>
    label.namespace(own?.key ?? type, othersOf(count, words).join(', ')),
  )
  const groups = graph.groups.map(
    (each) =>
      `${groupTitle(each, NODE_TYPE_ORDER, words)} (${groupNote(each, NODE_TYPE_ORDER, words)}): ${each.pods.map(({ key }) => key).join(', ')}.`,
  )
  const across = graph.shared.map(({ key, podKeys }) => `${key}: ${podKeys.join(', ')}`)
  const left = [...graph.leftOvers.pinned, ...graph.leftOvers.ofNoPod].map(({ key }) => key)
  const opening = `${words.title(graph.observation.node.name)}: ${nodeFacts(context).join(', ')}.`
  const gaps = graph.gaps.map(({ detail }) => detail)
  if (!graph.observation.scanned) return [opening, `${words.notScanned}.`, ...gaps, ...groups].join(' ')
  return [
    opening,
    `${node.title}: ${nodes.join('; ')}.`,
    `${shared.title}: ${across.length > 0 ? across.join('; ') : shared.none}`,
    `${leftOvers.title}: ${left.length > 0 ? left.join(', ') : leftOvers.none}`,
    ...groups,
    ...graph.findings.map((finding, index) => `${label.finding(index + 1)}: ${findingText(finding, words)}`),
    ...gaps,
  ].join(' ')
}
