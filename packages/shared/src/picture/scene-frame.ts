import type { Palette } from './palette.ts'
import type { Picture } from './picture.ts'
import { runtimeName } from './runtime-name.ts'
import { badges } from './scene-badges.ts'
import { type Block, paragraph, stack } from './scene-blocks.ts'
import { legend } from './scene-legend.ts'
import { line, type SceneContext, TYPE } from './scene-parts.ts'
import { fitText } from './text-metrics.ts'

/** Longer texts of findings and gaps are shortened; the whole is in the text's title. */
const MOST_LINES = 6

/** Title and the facts everything below rests on, as far as they are wished for. */
export function header(width: number, context: SceneContext): Block {
  const { pod } = context.graph.observation
  return heading(`${pod.namespace}/${pod.name}`, facts(context), width, context)
}

/** The name of what is drawn, and facts; these name it too where there is no title. */
export function heading(
  name: string,
  facts: readonly string[],
  width: number,
  { options, palette }: { options: Pick<SceneContext['options'], 'title' | 'caption'>; palette: Palette },
): Block {
  const title = fitText(name, width, TYPE.title)
  const told = options.title ? facts : [name, ...facts]
  return stack(
    [
      { width, height: options.title ? 30 : 0, paint: (x, y) => [line(title, x, y + 23, TYPE.title, palette.ink)] },
      paragraph(options.caption ? told.join(' · ') : '', width, TYPE.subtitle, palette.ink3, { leading: 19 }),
    ],
    2,
  )
}

/** Status, cluster, node, runtime, cgroup version, Kubernetes version, addresses, time; and whether this is what the apps see. */
export function facts({ graph, words }: SceneContext): string[] {
  const { at, cluster, node, pod } = graph.observation
  const runtime = [runtimeName(node.runtime), node.runtimeVersion].filter((part) => part !== null).join(' ')
  const kubernetes = node.kubeletVersion ?? cluster.version
  return [
    pod.status,
    ...(cluster.name === null ? [] : [words.subtitle.cluster(cluster.name)]),
    pod.nodeName === null ? words.subtitle.noNode : words.subtitle.node(pod.nodeName),
    ...(runtime === '' ? [] : [runtime]),
    ...(node.cgroupVersion === null ? [] : [words.subtitle.cgroup(node.cgroupVersion)]),
    ...(kubernetes === null ? [] : [words.subtitle.kubernetes(kubernetes.replace(/^v/, ''))]),
    ...(pod.runtimeClassName === null ? [] : [words.subtitle.runtimeClass(pod.runtimeClassName)]),
    ...pod.podIPs,
    utc(at),
    ...(graph.isolation === null ? [] : [words.subtitle.isolation(graph.isolation.runtime)]),
  ]
}

/** `2024-09-08 15:56:03 UTC`; any other text as it is. */
export function utc(at: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(at)
  return parts ? `${parts[1]} ${parts[2]} UTC` : at
}

/** Nothing found: in all of it, or in what could be read. */
export function noFindings({ graph, words }: SceneContext): string {
  const partial = graph.gaps.length > 0 || graph.containers.some(({ unreadable }) => unreadable.length > 0)
  return partial ? words.noFindingsInPart : words.noFindings
}

/** How to read the lines, what was found, what could not be seen. */
export function footer(picture: Picture, width: number, context: SceneContext): Block {
  const { graph, options, palette, words } = context
  const blocks: Block[] = []
  if (graph.observation.scanned) {
    if (options.legend)
      blocks.push(legend({ foreign: picture.foreign.length > 0, fresh: context.fresh.size > 0 }, width, context))
    if (graph.findings.length === 0) blocks.push(paragraph(noFindings(context), width, TYPE.body, palette.ink2))
  }
  const findings = graph.findings.map(({ severity, text }, index): Block => {
    const body = paragraph(text, width - 30, TYPE.body, palette.ink, { leading: 18, maxLines: MOST_LINES })
    return {
      width,
      height: Math.max(body.height, 20),
      paint: (x, y) => [
        ...badges([{ number: index + 1, severity }], palette).paint(x, y),
        ...body.paint(x + 28, y + 1),
      ],
    }
  })
  if (findings.length > 0) blocks.push(stack(findings, 4))
  const gaps = graph.gaps.filter(({ code }) => code !== 'no-scan')
  if (gaps.length > 0) {
    blocks.push(
      stack(
        [
          paragraph(words.gaps, width, TYPE.strong, palette.warn.text),
          ...gaps.map(({ detail }) =>
            paragraph(detail, width, TYPE.body, palette.ink2, { leading: 18, maxLines: MOST_LINES }),
          ),
        ],
        2,
      ),
    )
  }
  return stack(blocks, 10)
}

/** Said in place of the panels when there was no scan: nothing is guessed. */
export function unscanned(width: number, context: SceneContext): Block {
  const { graph, palette, words } = context
  const reasons = graph.gaps.filter(({ code }) => code === 'no-scan').map(({ detail }) => detail)
  const text = stack(
    [
      paragraph(words.notScannedTitle, width - 40, TYPE.column, palette.warn.text),
      ...reasons.map((reason) => paragraph(reason, width - 40, TYPE.body, palette.ink)),
      paragraph(words.notScanned, width - 40, TYPE.body, palette.ink2),
    ],
    8,
  )
  const height = text.height + 36
  return {
    width,
    height,
    paint: (x, y) => [
      {
        kind: 'rect',
        x,
        y,
        width,
        height,
        rx: 14,
        fill: palette.warn.ground,
        stroke: palette.warn.line,
        strokeWidth: 1.3,
      },
      ...text.paint(x + 20, y + 18),
    ],
  }
}
