import type { Picture } from './picture.ts'
import type { SceneNode } from './scene.ts'
import { type Block, paragraph, stack } from './scene-blocks.ts'
import { type Point, roundedLine, type SceneContext, TYPE } from './scene-parts.ts'
import { volumeCard } from './scene-volume.ts'
import { filesOf, type PictureVolume } from './volumes.ts'

/** Width of the column of volumes; pixels between the rails of their lines, around them, and between lines at a card. */
const FILES = { width: 214, rail: 11, margin: 14, step: 13, mark: 7 }

/** A card's place, from the drawing's corner: lines end at its left edge. */
export type CardPlace = { key: string; top: number; height: number }

/** How much narrower the rest of the drawing gets. */
export function filesRoom({ graph, options }: SceneContext): number {
  return options.files ? FILES.width + FILES.margin * 2 + filesOf(graph).shared.length * FILES.rail : 0
}

/**
 * The column of volumes that containers share, left of their cards, and double lines between: all that has to do with files
 * is at one side, all namespaces at the other. A line's end is filled where the container may write.
 * @param top where the cards begin
 */
export function filesColumn(cards: readonly CardPlace[], top: number, context: SceneContext): Block {
  const { palette, words } = context
  const { shared } = filesOf(context.graph)
  const heading = paragraph(words.files.title, FILES.width, TYPE.column, palette.ink, { leading: 18, maxLines: 2 })
  const note = filesNote(FILES.width, context)
  let y = top + note.height + 10
  const placed = shared.map((volume) => {
    const block = volumeCard(volume, FILES.width, context, { named: false })
    const at = { volume, block, y }
    y += block.height + 12
    return at
  })
  const ends = endsOf(shared, cards)
  return {
    width: filesRoom(context),
    height: Math.max(y, top),
    paint: (x, above) => [
      ...heading.paint(x, above + top - 8 - heading.height),
      ...note.paint(x, above + top),
      ...placed.flatMap(({ volume, block, y }, index) =>
        pipes(volume, [x + FILES.width, above + y + block.height / 2], index, x, above, ends, context),
      ),
      ...placed.flatMap(({ block, y }) => block.paint(x, above + y)),
    ],
  }
}

/** What the layer shows, whence it is known, and what is in one container alone. */
export function filesNote(width: number, context: SceneContext): Block {
  const { graph, options, palette, words } = context
  const { shared, alone } = filesOf(graph)
  const names = alone.map(({ name, containers }) => {
    const [key = ''] = containers
    return `${name} (${context.containers.get(key)?.name ?? key})`
  })
  return stack(
    [
      paragraph(
        [words.files.note, ...(options.drawing === 'columns' ? [words.files.ends] : [])].join(' '),
        width,
        TYPE.small,
        palette.ink2,
        { leading: 16 },
      ),
      paragraph(shared.length === 0 ? words.files.none : '', width, TYPE.small, palette.ink3, { leading: 16 }),
      paragraph(names.length > 0 ? words.files.alone(names) : '', width, TYPE.small, palette.ink3, {
        leading: 16,
        maxLines: 4,
      }),
    ],
    4,
  )
}

type End = { y: number; readOnly: boolean }

/** Where each volume's lines end, by volume and container: below each other in the middle of a card's edge. */
function endsOf(volumes: readonly PictureVolume[], cards: readonly CardPlace[]): Map<string, End> {
  const ends = new Map<string, End>()
  for (const { key, top, height } of cards) {
    const mounted = volumes.filter(({ containers }) => containers.includes(key))
    const step = Math.min(FILES.step, (height - 16) / Math.max(1, mounted.length - 1))
    for (const [index, { name, uses }] of mounted.entries()) {
      const y = Math.round(top + height / 2 + (index - (mounted.length - 1) / 2) * step)
      const readOnly = uses.every((use) => use.readOnly || !use.containers.includes(key))
      ends.set(`${name} ${key}`, { y, readOnly })
    }
  }
  return ends
}

/** A volume's lines: two thin ones with ground between, so that they pass over those of other volumes. */
function pipes(
  volume: PictureVolume,
  from: Point,
  index: number,
  x: number,
  above: number,
  ends: ReadonlyMap<string, End>,
  context: SceneContext,
): SceneNode[] {
  const { palette, options } = context
  const rail = x + FILES.width + FILES.margin + (index + 0.5) * FILES.rail
  const edge = x + filesRoom(context)
  const stroke = palette.ink3
  const ground = options.transparent ? palette.surface : palette.background
  const lines = volume.containers.flatMap((key) => {
    const end = ends.get(`${volume.name} ${key}`)
    return end ? [{ ...end, y: above + end.y }] : []
  })
  const d = lines
    .map(({ y }) => roundedLine([from, [rail, from[1]], [rail, y], [edge, y]], [FILES.mark, FILES.mark]))
    .join('')
  return [
    { kind: 'path', d, stroke, strokeWidth: 4 },
    { kind: 'path', d, stroke: ground, strokeWidth: 1.9 },
    ...lines.map(
      ({ y, readOnly }): SceneNode => ({
        kind: 'rect',
        x: edge - FILES.mark,
        y: y - FILES.mark / 2,
        width: FILES.mark,
        height: FILES.mark,
        rx: 1,
        fill: readOnly ? ground : stroke,
        stroke,
        strokeWidth: 1.2,
      }),
    ),
  ]
}

/** What of the picture the layer is of: nothing for a picture without cards. */
export function cardPlaces(
  cards: readonly { container: Picture['cards'][number]['container']; dy: number; height: number }[],
  top: number,
): CardPlace[] {
  return cards.map(({ container, dy, height }) => ({ key: container.key, top: top + dy, height }))
}
