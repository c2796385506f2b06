import type { GraphNamespace } from '../graph/graph-types.ts'
import type { NamespaceType } from '../model/namespace-type.ts'
import { freshMark, outline } from './fresh-mark.ts'
import { TAG_OPACITY } from './palette.ts'
import type { SceneGroup, SceneNode } from './scene.ts'
import { BADGE_STEP, badges } from './scene-badges.ts'
import { type Block, stack } from './scene-blocks.ts'
import { namespaceLabel } from './scene-labels.ts'
import { baseline, line, type SceneContext, TYPE } from './scene-parts.ts'
import { fitText, textWidth } from './text-metrics.ts'
import { iconPath, TYPE_ICONS } from './type-icon.ts'

/** How outlines and links tell whose a namespace is, beside place and words. */
export const DASHES = { pod: {}, node: { dash: '4 3.5' }, foreign: { dash: '1.5 3' } } as const

const NORMAL = { height: 28, icon: 13, tag: TYPE.tag, inode: TYPE.inode, pad: 8 }
const SMALL = { height: 23, icon: 0, tag: TYPE.tagSmall, inode: TYPE.inodeSmall, pad: 6 }
const BADGE_GAP = 4

/** Room for the widest small pill of a whole inode, and a badge beside it. */
export const SMALL_PILL_ROOM = Math.ceil(
  SMALL.pad * 4 + textWidth('cgroup', SMALL.tag) + textWidth('4294967295', SMALL.inode) + 1 + BADGE_GAP + BADGE_STEP,
)

/**
 * A container's own namespace: one line with the type's icon and name, and the inode.
 * `alignTo` is the type whose name sets the width of the first part, so that pills below each other line up; `room` is
 * for the pill and the badges beside it.
 */
export function ownPill(
  namespace: GraphNamespace,
  size: 'normal' | 'small',
  context: SceneContext,
  options: { alignTo?: NamespaceType; room?: number } = {},
): Block {
  const { palette } = context
  const { height, icon, tag, inode, pad } = size === 'normal' ? NORMAL : SMALL
  const { type } = namespace.id
  const { alignTo = type, room = Number.POSITIVE_INFINITY } = options
  const found = context.marks.get(namespace.key) ?? []
  const iconRoom = icon === 0 ? 0 : icon + 5
  const tagWidth = Math.ceil(pad * 2 + iconRoom + textWidth(alignTo, tag))
  // No kernel counts beyond ten digits; a forged scan may.
  const most = room - tagWidth - pad * 2 - (found.length > 0 ? BADGE_GAP + BADGE_STEP : 0)
  const digits = fitText(String(namespace.id.inode), most, inode)
  const width = Math.ceil(tagWidth + pad * 2 + textWidth(digits.text, inode))
  const { line: stroke, text: ink } = palette.types[type]
  const marks = badges(found, palette, room - width - BADGE_GAP)
  return {
    width: width + (marks.width > 0 ? marks.width + BADGE_GAP : 0),
    height,
    paint: (x, y) => [
      group(namespace, context, [
        {
          kind: 'rect',
          x,
          y,
          width,
          height,
          rx: 7,
          fill: palette.surface,
          stroke,
          strokeWidth: outline(namespace.key, 1.4, context),
        },
        { kind: 'path', d: leftPart(x, y, tagWidth, height, 7), fill: stroke, fillOpacity: TAG_OPACITY },
        ...(icon === 0 ? [] : [strokeIcon(type, x + pad, y + (height - icon) / 2, icon, ink)]),
        line(type, x + pad + iconRoom, y + baseline(height, tag), tag, ink),
        line(digits, x + tagWidth + pad, y + baseline(height, inode), inode, palette.ink),
        ...marks.paint(x + width + BADGE_GAP, y + (height - marks.height) / 2),
        ...freshMark(namespace.key, x + width, y, context),
      ]),
    ],
  }
}

const TAG = { width: 62, icon: 15 }
const PAD = 10

/** How much room the text in a panel's pill has. */
export function pillTextRoom(width: number): number {
  return width - TAG.width - PAD * 2
}

/**
 * A namespace in a panel: its type large at the left, the inode and what is to be said of it at the right; at least as
 * high as `least`.
 */
export function panelPill(
  namespace: GraphNamespace,
  width: number,
  details: readonly Block[],
  look: keyof typeof DASHES,
  context: SceneContext,
  { letter, least = 44 }: { letter?: string | undefined; least?: number } = {},
): Block {
  const { palette } = context
  const { type } = namespace.id
  const quiet = look === 'node'
  const stroke = quiet ? palette.nodeLine : palette.types[type].line
  const marks = badges(context.marks.get(namespace.key) ?? [], palette)
  const text = stack([inodeLine(namespace, pillTextRoom(width) - marks.width, context), ...details], 0)
  const height = Math.max(least, 44, text.height + 14)
  return {
    width,
    height,
    paint: (x, y) => {
      const textTop = y + (height - text.height) / 2
      const ground = quiet ? palette.quiet : palette.surface
      return [
        group(namespace, context, [
          {
            kind: 'rect',
            x,
            y,
            width,
            height,
            rx: 9,
            fill: ground,
            stroke,
            strokeWidth: outline(namespace.key, quiet ? 1.2 : 1.6, context),
            ...DASHES[look],
          },
          { kind: 'path', d: leftPart(x, y, TAG.width, height, 9), fill: stroke, fillOpacity: TAG_OPACITY },
          ...panelTag(type, letter, x, y, height, quiet ? palette.ink2 : palette.types[type].text),
          ...text.paint(x + TAG.width + PAD, textTop),
          ...marks.paint(x + width - 6 - marks.width, textTop - 1),
          ...freshMark(namespace.key, x + width, y, context),
        ]),
      ]
    },
  }
}

function inodeLine({ id }: GraphNamespace, room: number, { palette }: SceneContext): Block {
  const fitted = fitText(String(id.inode), room, TYPE.inode)
  const leading = 18
  return {
    width: room,
    height: leading,
    paint: (x, y) => [line(fitted, x, y + baseline(leading, TYPE.inode), TYPE.inode, palette.ink)],
  }
}

/** The icon above the type's name, beside it the letter that tells it from others of its type. */
function panelTag(
  type: NamespaceType,
  letter: string | undefined,
  x: number,
  y: number,
  height: number,
  ink: string,
): SceneNode[] {
  const top = y + (height - TAG.icon - 16) / 2
  const middle = x + TAG.width / 2
  return [
    strokeIcon(type, middle - TAG.icon / 2, top, TAG.icon, ink),
    line(type, middle, top + TAG.icon + baseline(17, TYPE.tag), TYPE.tag, ink, 'middle'),
    ...(letter === undefined
      ? []
      : [line(letter, middle + TAG.icon, top + baseline(TAG.icon, TYPE.tag), TYPE.tag, ink)]),
  ]
}

/** A type's icon in a box whose corner is at x, y. */
export function strokeIcon(type: NamespaceType, x: number, y: number, size: number, stroke: string): SceneNode {
  return { kind: 'path', d: iconPath(TYPE_ICONS[type], x, y, size), stroke, strokeWidth: 1.3 }
}

function group(namespace: GraphNamespace, context: SceneContext, children: SceneNode[]): SceneGroup {
  return {
    kind: 'group',
    ref: { kind: 'namespace', key: namespace.key },
    label: namespaceLabel(namespace, context),
    children,
  }
}

/** A box whose left corners are round. */
export function leftPart(x: number, y: number, width: number, height: number, radius: number): string {
  return `M${x + radius} ${y}H${x + width}V${y + height}H${x + radius}Q${x} ${y + height} ${x} ${y + height - radius}V${y + radius}Q${x} ${y} ${x + radius} ${y}Z`
}
