import type { SceneNode } from './scene.ts'
import { type Block, paragraph, stack } from './scene-blocks.ts'
import { baseline, line, type SceneContext, TYPE } from './scene-parts.ts'
import { fitText } from './text-metrics.ts'
import { iconPath, TYPE_ICONS } from './type-icon.ts'
import type { PictureVolume, VolumeUse } from './volumes.ts'

const PAD = 10
const ICON = 14
/** More paths than this are counted. */
const MOST_USES = 3

/** A volume: square, with a double outline, so that it is never taken for a namespace. */
export function volumeCard(
  volume: PictureVolume,
  width: number,
  context: SceneContext,
  { named, least = 0 }: { named: boolean; least?: number },
): Block {
  const { palette, words } = context
  const room = width - PAD * 2
  const uses = volume.uses.slice(0, MOST_USES)
  const more = volume.uses.length - uses.length
  const text = stack(
    [
      nameLine(volume.name, room, context),
      paragraph([words.volumes[volume.kind], volume.ref].filter(Boolean).join(' · '), room, TYPE.small, palette.ink2, {
        maxLines: 2,
        leading: 15,
      }),
      ...uses.map((use) => useLines(use, room, named || volume.uses.length > 1, context)),
      paragraph(more > 0 ? words.files.morePaths(more) : '', room, TYPE.small, palette.ink3),
    ],
    2,
  )
  const height = Math.max(least, text.height + PAD * 2)
  const stroke = palette.ink3
  return {
    width,
    height,
    paint: (x, y) => [
      { kind: 'rect', x, y, width, height, rx: 2, fill: palette.surface, stroke, strokeWidth: 1.1 },
      { kind: 'rect', x: x + 3, y: y + 3, width: width - 6, height: height - 6, rx: 1, stroke, strokeWidth: 0.8 },
      ...text.paint(x + PAD, y + (height - text.height) / 2),
    ],
  }
}

function nameLine(name: string, room: number, { palette }: SceneContext): Block {
  const fitted = fitText(name, room - ICON - 6, TYPE.strong)
  return {
    width: room,
    height: 18,
    paint: (x, y) => [
      { kind: 'path', d: iconPath(TYPE_ICONS.mnt, x, y + 2, ICON), stroke: palette.ink2, strokeWidth: 1.3 },
      line(fitted, x + ICON + 6, y + baseline(18, TYPE.strong), TYPE.strong, palette.ink),
    ],
  }
}

/** The path, and below it who mounts it there, where that is not plain from the lines, and how. */
function useLines(
  { path, readOnly, containers }: VolumeUse,
  room: number,
  named: boolean,
  context: SceneContext,
): Block {
  const { palette, words } = context
  const fitted = fitText(path, room, TYPE.path)
  const names = named ? containers.map((key) => context.containers.get(key)?.name ?? key).join(', ') : ''
  const about = [names, readOnly ? words.files.readOnly : ''].filter(Boolean).join(' · ')
  const paint = (x: number, y: number): SceneNode[] => [
    line(fitted, x, y + baseline(15, TYPE.path), TYPE.path, palette.ink),
  ]
  return stack(
    [
      { width: room, height: 15, paint },
      paragraph(about, room, TYPE.small, palette.ink3, { maxLines: 2, leading: 15 }),
    ],
    0,
  )
}
