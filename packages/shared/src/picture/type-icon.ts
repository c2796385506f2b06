import type { NamespaceType } from '../model/namespace-type.ts'

/**
 * One line drawing for each type, in a box of 16 × 16, to be stroked, not filled. Written with absolute commands and
 * plain coordinates only, so that a scene can place them without a transform.
 */
export const TYPE_ICONS: Record<NamespaceType, readonly IconStroke[]> = {
  // A gauge: how much a group may use.
  cgroup: [
    ['M', 2, 12, 'C', 2, 1.5, 14, 1.5, 14, 12],
    ['M', 2, 12, 'L', 14, 12],
    ['M', 8, 12, 'L', 11, 6.5],
  ],
  // Two arrows: messages between processes.
  ipc: [
    ['M', 2, 5.5, 'L', 13.5, 5.5],
    ['M', 10.5, 2.5, 'L', 13.5, 5.5, 'L', 10.5, 8.5],
    ['M', 14, 11, 'L', 2.5, 11],
    ['M', 5.5, 8, 'L', 2.5, 11, 'L', 5.5, 14],
  ],
  // A folder: a view of files.
  mnt: [['M', 2, 13, 'L', 2, 3.5, 'L', 6.5, 3.5, 'L', 8, 5.5, 'L', 14, 5.5, 'L', 14, 13, 'L', 2, 13]],
  // A globe.
  net: [
    ['M', 8, 2, 'C', 16, 2, 16, 14, 8, 14, 'C', 0, 14, 0, 2, 8, 2],
    ['M', 2, 8, 'L', 14, 8],
    ['M', 8, 2, 'C', 4.2, 5, 4.2, 11, 8, 14],
    ['M', 8, 2, 'C', 11.8, 5, 11.8, 11, 8, 14],
  ],
  // A tree of processes.
  pid: [
    ['M', 3, 2, 'L', 3, 12.5, 'L', 7, 12.5],
    ['M', 3, 6, 'L', 7, 6],
    ['M', 7, 3.5, 'L', 14, 3.5, 'L', 14, 8.5, 'L', 7, 8.5, 'L', 7, 3.5],
    ['M', 7, 10.5, 'L', 14, 10.5, 'L', 14, 14.5, 'L', 7, 14.5, 'L', 7, 10.5],
  ],
  // A clock.
  time: [
    ['M', 8, 2, 'C', 16, 2, 16, 14, 8, 14, 'C', 0, 14, 0, 2, 8, 2],
    ['M', 8, 4.5, 'L', 8, 8.3, 'L', 10.8, 9.8],
  ],
  // A head and shoulders.
  user: [
    ['M', 8, 2, 'C', 11.8, 2, 11.8, 8, 8, 8, 'C', 4.2, 8, 4.2, 2, 8, 2],
    ['M', 2.5, 14, 'C', 2.5, 9, 13.5, 9, 13.5, 14],
  ],
  // A name tag.
  uts: [
    ['M', 2, 4, 'L', 10, 4, 'L', 14, 8, 'L', 10, 12, 'L', 2, 12, 'L', 2, 4],
    ['M', 5, 7, 'L', 8.5, 7],
    ['M', 5, 9.3, 'L', 7.5, 9.3],
  ],
}

/** Path commands M, L, C with absolute coordinates, x and y in turn. */
export type IconStroke = readonly ('M' | 'L' | 'C' | number)[]

/** The `d` of an icon whose box has its corner at x, y. */
export function iconPath(strokes: readonly IconStroke[], x: number, y: number, size: number): string {
  const scale = size / 16
  return strokes
    .map((stroke) => {
      let vertical = false
      return stroke
        .map((part) => {
          if (typeof part === 'string') return part
          const at = (vertical ? y : x) + part * scale
          vertical = !vertical
          return Math.round(at * 100) / 100
        })
        .join(' ')
    })
    .join(' ')
}
