import type { GraphNamespace } from './graph-types.ts'
import { TAG_OPACITY } from './palette.ts'
import type { SceneGroup, SceneNode } from './scene.ts'
import { namespaceLabel } from './scene-labels.ts'
import { type Block, badges, baseline, line, paragraph, type SceneContext, stack, TYPE } from './scene-parts.ts'
import { type TextStyle, textWidth } from './text-metrics.ts'
import { iconPath, TYPE_ICONS } from './type-icon.ts'

const TAG = { wide: 62, icon: 15 }
const PAD = 10
const NORMAL = { height: 28, icon: 13, tag: TYPE.tag, inode: TYPE.inode, pad: 8 }
const SMALL = { height: 23, icon: 0, tag: TYPE.tagSmall, inode: TYPE.inodeSmall, pad: 6 }

/** A container's own namespace: one line with the type's icon and name, and the inode. */
export function ownPill(
  namespace: GraphNamespace,
  small: boolean,
  context: SceneContext,
  tagLike?: GraphNamespace['id']['type'],
): Block {
  const { palette } = context
  const measure = small ? SMALL : NORMAL
  const { type } = namespace.id
  const inode = String(namespace.id.inode)
  const iconRoom = measure.icon === 0 ? 0 : measure.icon + 5
  const tagWidth = Math.ceil(measure.pad * 2 + iconRoom + textWidth(tagLike ?? type, measure.tag))
  const width = Math.ceil(tagWidth + measure.pad * 2 + textWidth(inode, measure.inode))
  const { line: stroke, text: ink } = palette.types[type]
  return {
    width,
    height: measure.height,
    paint: (x, y) => {
      const icon: SceneNode[] =
        measure.icon === 0
          ? []
          : [strokeIcon(namespace, x + measure.pad, y + (measure.height - measure.icon) / 2, measure.icon, ink)]
      return [
        group(namespace, context, [
          { kind: 'rect', x, y, width, height: measure.height, rx: 7, fill: palette.surface, stroke, strokeWidth: 1.4 },
          { kind: 'path', d: leftHalf(x, y, tagWidth, measure.height, 7), fill: stroke, fillOpacity: TAG_OPACITY },
          ...icon,
          line(type, x + measure.pad + iconRoom, y + baseline(measure.height, measure.tag), measure.tag, ink),
          line(
            inode,
            x + tagWidth + measure.pad,
            y + baseline(measure.height, measure.inode),
            measure.inode,
            palette.ink,
          ),
          ...badges(context.marks.get(namespace.key) ?? [], x + width - 4, y, palette),
        ]),
      ]
    },
  }
}

/** A namespace in a panel: its type large at the left, the inode and what is to be said of it at the right. */
export function panelPill(
  namespace: GraphNamespace,
  width: number,
  details: readonly string[],
  look: 'pod' | 'node' | 'foreign',
  context: SceneContext,
): Block {
  const { palette } = context
  const { type } = namespace.id
  const colours = palette.types[type]
  const ink = look === 'node' ? palette.ink2 : colours.text
  const textRoom = width - TAG.wide - PAD * 2
  const text = stack(
    [
      paragraph(String(namespace.id.inode), textRoom, TYPE.inode, palette.ink, { maxLines: 1, leading: 18 }),
      ...details.map((detail) => paragraph(detail, textRoom, TYPE.small, palette.ink3, { maxLines: 3, leading: 15 })),
    ],
    0,
  )
  const height = Math.max(44, text.height + 14)
  return {
    width,
    height,
    paint: (x, y) => [
      group(namespace, context, [
        {
          kind: 'rect',
          x,
          y,
          width,
          height,
          rx: 9,
          fill: look === 'node' ? palette.quiet : palette.surface,
          stroke: look === 'node' ? palette.nodeLine : colours.line,
          strokeWidth: look === 'node' ? 1.2 : 1.6,
          ...DASHES[look],
        },
        {
          kind: 'path',
          d: leftHalf(x, y, TAG.wide, height, 9),
          fill: look === 'node' ? palette.nodeLine : colours.line,
          fillOpacity: TAG_OPACITY,
        },
        ...tag(namespace, x, y, height, ink),
        ...text.paint(x + TAG.wide + PAD, y + (height - text.height) / 2),
        ...badges(context.marks.get(namespace.key) ?? [], x + width - 4, y, palette),
      ]),
    ],
  }
}

/** How outlines and links tell whose a namespace is, beside place and words. */
export const DASHES = { pod: {}, node: { dash: '4 3.5' }, foreign: { dash: '1.5 3' } } as const

function tag(namespace: GraphNamespace, x: number, y: number, height: number, ink: string): SceneNode[] {
  const style: TextStyle = TYPE.tag
  const top = y + (height - TAG.icon - 16) / 2
  return [
    strokeIcon(namespace, x + (TAG.wide - TAG.icon) / 2, top, TAG.icon, ink),
    line(namespace.id.type, x + TAG.wide / 2, top + TAG.icon + baseline(17, style), style, ink, 'middle'),
  ]
}

function strokeIcon(namespace: GraphNamespace, x: number, y: number, size: number, stroke: string): SceneNode {
  return { kind: 'path', d: iconPath(TYPE_ICONS[namespace.id.type], x, y, size), stroke, strokeWidth: 1.3 }
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
function leftHalf(x: number, y: number, width: number, height: number, radius: number): string {
  return `M${x + radius} ${y}H${x + width}V${y + height}H${x + radius}Q${x} ${y + height} ${x} ${y + height - radius}V${y + radius}Q${x} ${y} ${x + radius} ${y}Z`
}
