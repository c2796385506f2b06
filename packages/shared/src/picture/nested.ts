import type { GraphNamespace } from '../graph/graph-types.ts'
import { containerBox, lettersOf, type NestedBox } from './nested-box.ts'
import type { Picture, PictureSection } from './picture.ts'
import { type Block, besideEachOther, paragraph, stack } from './scene-blocks.ts'
import { filesNote } from './scene-files.ts'
import { unscanned } from './scene-frame.ts'
import { holderNote, holderText } from './scene-labels.ts'
import { foreignNote, nodeNote, nothingShared, panelGround, toldPill } from './scene-panel.ts'
import { type SceneContext, TYPE } from './scene-parts.ts'
import type { DASHES } from './scene-pill.ts'
import { volumeCard } from './scene-volume.ts'
import { filesOf } from './volumes.ts'

const PAD = 18
const GAP = 12
/** Boxes and pills are never narrower. */
const LEAST = { box: 250, pill: 206, volume: 206 }

/**
 * The drawing as documentation has it, boxes in boxes: the node with its namespaces, in it the pod with what it shares, in
 * that each container with its own. That a box lies in another says nothing by itself: each container's box names,
 * for each type, the namespace it is in, so that one that does not take part is not taken for one that does.
 */
export function nested(picture: Picture, width: number, context: SceneContext): Block {
  const { observation } = context.graph
  const room = width - PAD * 2
  const node = observation.pod.nodeName === null ? null : (observation.node.hostname ?? observation.node.name)
  const title = node === null ? context.words.subtitle.noNode : context.words.nested.node(node)
  const pod = podFrame(picture, room, context)
  if (!observation.scanned) return frame({ title }, [pod], width, 'node', context)
  const parts = [pills(picture.node, 'node', room, picture, context), foreignFrame(picture, room, context), pod]
  return frame({ title, note: nodeNote(picture, context) }, parts, width, 'node', context)
}

function podFrame(picture: Picture, width: number, context: SceneContext): Block {
  const { graph, palette, words } = context
  const room = width - PAD * 2
  const shared = picture.sections.map((section) => sharedBand(section, picture, room, context))
  const nothing = paragraph(nothingShared(context), room, TYPE.small, palette.ink3)
  const scanned = shared.length > 0 ? shared : [nothing]
  return frame(
    { title: words.nested.pod(graph.observation.pod.name) },
    [
      ...(graph.observation.scanned ? scanned : [unscanned(room, context)]),
      boxes(
        picture.cards.map((card) => (width: number) => containerBox(card, picture, width, context)),
        room,
      ),
      ...(context.options.files ? [filesBand(room, context)] : []),
    ],
    width,
    'pod',
    context,
  )
}

/** The volumes that the pod's containers share: a box names its containers, for nothing leads to them. */
function filesBand(width: number, context: SceneContext): Block {
  const { palette, words } = context
  const { shared } = filesOf(context.graph)
  const { rows, width: each } = grid(shared, Math.max(3, shared.length), width, LEAST.volume)
  const cards = rows.map((row) =>
    evenRow(
      row.map(
        (volume) =>
          (least = 0) =>
            volumeCard(volume, each, context, { named: true, least }),
      ),
    ),
  )
  const heading = paragraph(words.files.title, width, TYPE.strong, palette.ink2, { leading: 17 })
  return stack([stack([heading, filesNote(width, context)], 1), ...cards], GAP)
}

/** What one holder keeps for the pod. */
function sharedBand(
  { holder, namespaces }: PictureSection,
  picture: Picture,
  width: number,
  context: SceneContext,
): Block {
  const { palette, words } = context
  const heading = [words.columns.pod, holderText(holder, context)].join(' · ')
  return stack(
    [
      paragraph(heading, width, TYPE.strong, palette.ink2, { leading: 17, maxLines: 3 }),
      pills(namespaces, 'pod', width, picture, context),
      paragraph(holderNote(holder, context) ?? '', width, TYPE.small, palette.ink3, { leading: 16 }),
    ],
    7,
  )
}

function foreignFrame(picture: Picture, width: number, context: SceneContext): Block {
  if (picture.foreign.length === 0) return stack([], 0)
  const about = { title: context.words.columns.foreign, note: foreignNote(picture, context) }
  return frame(about, [pills(picture.foreign, 'foreign', width - PAD * 2, picture, context)], width, 'foreign', context)
}

/** A box with a title, and what it means, around blocks below each other. */
function frame(
  { title, note = '' }: { title: string; note?: string },
  parts: readonly Block[],
  width: number,
  look: keyof typeof DASHES,
  context: SceneContext,
): Block {
  const heading = paragraph(title, width - PAD * 2, TYPE.name, context.palette.ink, { leading: 21, maxLines: 2 })
  const told = paragraph(note, width - PAD * 2, TYPE.small, context.palette.ink3, { leading: 16 })
  const content = stack([stack([heading, told], 1), ...parts], GAP)
  const height = content.height + PAD * 2 - 4
  return {
    width,
    height,
    paint: (x, y) => [panelGround(x, y, width, height, look, context), ...content.paint(x + PAD, y + PAD - 4)],
  }
}

/** Pills of one width, in rows as full as each other. */
function pills(
  namespaces: readonly GraphNamespace[],
  look: keyof typeof DASHES,
  room: number,
  picture: Picture,
  context: SceneContext,
): Block {
  const letters = lettersOf(picture)
  const { rows, width } = grid(namespaces, Math.max(3, namespaces.length), room, LEAST.pill)
  return stack(
    rows.map((row) =>
      evenRow(
        row.map((namespace) => (least) => {
          const letter = letters.get(namespace.key)
          return toldPill(namespace, width, look, context, { letter, ...(least === undefined ? {} : { least }) })
        }),
      ),
    ),
    GAP,
  )
}

function boxes(draw: readonly ((width: number) => NestedBox)[], room: number): Block {
  const { rows, width } = grid(draw, Math.max(2, draw.length), room, LEAST.box)
  return stack(
    rows.map((row) => evenRow(row.map((box) => box(width)))),
    GAP,
  )
}

/** All as high as the highest. */
function evenRow(row: readonly ((least?: number) => Block)[]): Block {
  const least = Math.max(...row.map((box) => box().height))
  return besideEachOther(
    row.map((box) => box(least)),
    GAP,
  )
}

/**
 * As few rows as fit, and as many in each as in the others but the last.
 * @param count how many the rows are laid out for.
 */
function grid<Item>(items: readonly Item[], count: number, room: number, least: number) {
  const fit = Math.max(1, Math.floor((room + GAP) / (least + GAP)))
  const across = Math.ceil(count / Math.ceil(count / fit))
  const rows = Array.from({ length: Math.ceil(items.length / across) }, (_, row) =>
    items.slice(row * across, (row + 1) * across),
  )
  return { rows, width: Math.floor((room - (across - 1) * GAP) / across) }
}
