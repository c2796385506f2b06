import type { Scene, SceneGroup, SceneNode, SceneRect, SceneText } from '../picture/scene.ts'
import { textWidth } from '../picture/text-metrics.ts'

type Box = { left: number; top: number; right: number; bottom: number; what: string }

/** All groups that can be pointed at. For tests only. */
export function groupsOf({ children }: Pick<Scene, 'children'>): SceneGroup[] {
  return children.flatMap((node) => (node.kind === 'group' ? [...(node.ref ? [node] : []), ...groupsOf(node)] : []))
}

/**
 * What is wrong with a drawn picture, in words: boxes or texts that overlap, texts that leave their box, anything
 * outside, links that do not reach their ends. By the same metrics the picture was made with. For tests only.
 */
export function faultsOf(scene: Scene): string[] {
  const flat = flatten(scene.children)
  const texts = flat.filter((node) => node.kind === 'text').map(textBox)
  const groups = groupsOf(scene)
  const frames = (kind: 'container' | 'namespace' | 'pod') =>
    groups.filter(({ ref }) => ref?.kind === kind).map((group) => frameOf(group))
  const [cards, pills] = [frames('container'), frames('namespace')]
  return [
    ...overlaps(texts),
    ...overlaps(cards),
    ...overlaps(pills),
    ...overlaps(frames('pod')),
    ...outside(flat, scene),
    ...groups.flatMap(textsOutside),
    ...straddling(pills, cards),
    ...looseLinks(groups),
    ...strayMarks(groups),
    ...struckThrough(texts, groups),
  ]
}

function flatten(nodes: readonly SceneNode[]): SceneNode[] {
  return nodes.flatMap((node) => (node.kind === 'group' ? flatten(node.children) : [node]))
}

function textBox(text: SceneText): Box {
  const width = textWidth(text.text, text)
  const left = text.x - { start: 0, middle: width / 2, end: width }[text.anchor]
  // Letters reach from 0.75 em above the baseline to 0.2 below.
  return {
    left,
    right: left + width,
    top: text.y - text.size * 0.75,
    bottom: text.y + text.size * 0.2,
    what: `text ${JSON.stringify(text.text)}`,
  }
}

function rectBox(rect: SceneRect, what: string): Box {
  return { left: rect.x, top: rect.y, right: rect.x + rect.width, bottom: rect.y + rect.height, what }
}

/** The first rectangle of a card or pill is its outline. */
function frameOf(group: SceneGroup): Box {
  const rect = group.children.find((node) => node.kind === 'rect')
  if (!rect) throw new Error(`no outline: ${group.label}`)
  return rectBox(rect, group.label ?? '')
}

function overlaps(boxes: readonly Box[]): string[] {
  const sorted = boxes.toSorted((a, b) => a.top - b.top)
  return sorted.flatMap((a, index) => {
    const found: string[] = []
    for (const b of sorted.slice(index + 1)) {
      if (b.top >= a.bottom) break
      if (meet(a, b)) found.push(`${a.what} overlaps ${b.what}`)
    }
    return found
  })
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

function holds(outer: Box, inner: Box): boolean {
  const slack = 0.01
  return (
    inner.left >= outer.left - slack &&
    inner.right <= outer.right + slack &&
    inner.top >= outer.top - slack &&
    inner.bottom <= outer.bottom + slack
  )
}

function outside(flat: readonly SceneNode[], scene: Scene): string[] {
  const page: Box = { left: 0, top: 0, right: scene.width, bottom: scene.height, what: 'the picture' }
  return flat
    .map(boxOf)
    .filter((box) => !holds(page, box))
    .map(({ what }) => `${what} is outside`)
}

function boxOf(node: SceneNode): Box {
  switch (node.kind) {
    case 'text':
      return textBox(node)
    case 'rect':
      return rectBox(node, 'rect')
    case 'circle':
      return {
        left: node.cx - node.r,
        right: node.cx + node.r,
        top: node.cy - node.r,
        bottom: node.cy + node.r,
        what: 'circle',
      }
    case 'path':
      return pathBox(node.d)
    case 'group':
      throw new Error('flatten first')
  }
}

/** Of commands with absolute coordinates: the corners of a line, and the points a curve bends towards. */
function pathBox(d: string): Box {
  const xs: number[] = []
  const ys: number[] = []
  for (const [, command, rest] of d.matchAll(/([MLQCHVZ])([^MLQCHVZ]*)/g)) {
    const numbers = (rest?.match(/-?[\d.]+/g) ?? []).map(Number)
    if (command === 'H') xs.push(...numbers)
    else if (command === 'V') ys.push(...numbers)
    else for (const [index, value] of numbers.entries()) (index % 2 === 0 ? xs : ys).push(value)
  }
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
    what: `path ${d.slice(0, 30)}`,
  }
}

/** Texts of a card stay in the card, texts of a pill in the pill or, a badge, beside it. */
function textsOutside(group: SceneGroup): string[] {
  if (group.ref?.kind === 'link') return []
  const frame = frameOf(group)
  const badge = group.ref?.kind === 'namespace' ? 70 : 0
  return group.children
    .filter((node) => node.kind === 'text')
    .map(textBox)
    .filter((box) => !holds({ ...frame, right: frame.right + badge }, box))
    .map(({ what }) => `${what} leaves ${frame.what}`)
}

/** A pill is in a card or away from it. */
function straddling(pills: readonly Box[], cards: readonly Box[]): string[] {
  return pills.flatMap((pill) =>
    cards.filter((card) => meet(pill, card) && !holds(card, pill)).map((card) => `${pill.what} straddles ${card.what}`),
  )
}

/** A link starts at the left edge of its namespace's pill and ends at the right edge of its container's card. */
function looseLinks(groups: readonly SceneGroup[]): string[] {
  const frames = new Map(
    groups.flatMap((group) =>
      group.ref && group.ref.kind !== 'link' ? [[group.ref.key, frameOf(group)] as const] : [],
    ),
  )
  return groups.flatMap(({ ref, label, children }) => {
    if (ref?.kind !== 'link') return []
    const [card, pill] = [frames.get(ref.container), frames.get(ref.namespace)]
    return children.flatMap((node) => {
      if (node.kind !== 'path' || !card || !pill) return []
      const numbers = (node.d.match(/-?[\d.]+/g) ?? []).map(Number)
      const [x, y] = numbers as [number, number]
      const [endX, endY] = numbers.slice(-2) as [number, number]
      const starts = x === pill.left && y > pill.top && y < pill.bottom
      const ends = endX === card.right && endY > card.top && endY < card.bottom
      return starts && ends ? [] : [`${label} does not reach its ends`]
    })
  })
}

/** A link that is drawn as a mark stands in its container's card, away from all else in it. */
function strayMarks(groups: readonly SceneGroup[]): string[] {
  const marks = groups.filter(
    ({ ref, children }) => ref?.kind === 'link' && children.some(({ kind }) => kind === 'rect'),
  )
  const pills = groups.filter(({ ref }) => ref?.kind === 'namespace').map(frameOf)
  const cards = new Map(groups.flatMap((group) => (group.ref?.kind === 'container' ? [[group.ref.key, group]] : [])))
  return [
    ...overlaps([...marks.map(frameOf), ...pills]),
    ...marks.flatMap((mark) => {
      const card = mark.ref?.kind === 'link' ? cards.get(mark.ref.container) : undefined
      return card && holds(frameOf(card), frameOf(mark)) ? [] : [`${mark.label} is not in its card`]
    }),
  ]
}

/** No link runs through a text. */
function struckThrough(texts: readonly Box[], groups: readonly SceneGroup[]): string[] {
  return groups.flatMap(({ ref, label, children }) =>
    children.flatMap((node) => {
      if (ref?.kind !== 'link' || node.kind !== 'path') return []
      return legs(node.d).flatMap((leg) =>
        texts.filter((text) => meet(text, leg)).map(({ what }) => `${label} strikes ${what} through`),
      )
    }),
  )
}

/** The straight parts of a line, a pixel thick. */
function legs(d: string): Box[] {
  const points = [...d.matchAll(/([MLQ])([^MLQ]*)/g)].map(
    ([, , rest]) =>
      (rest ?? '')
        .match(/-?[\d.]+/g)
        ?.slice(-2)
        .map(Number) as [number, number],
  )
  return points.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = points[index] as [number, number]
    return {
      left: Math.min(x, fromX) - 0.5,
      right: Math.max(x, fromX) + 0.5,
      top: Math.min(y, fromY) - 0.5,
      bottom: Math.max(y, fromY) + 0.5,
      what: 'leg',
    }
  })
}
