import type { Palette } from './palette.ts'
import type { Block } from './scene-blocks.ts'
import { line, type Mark, TYPE } from './scene-parts.ts'

/** Distance between the middles of badges in a row. */
export const BADGE_STEP = 21
/** More findings about one thing than this end in a badge with three dots; all texts stand below the picture. */
const MOST = 3

/** Round badges in a row with the numbers of findings: as many as there is room for, but one at least. */
export function badges(marks: readonly Mark[], palette: Palette, room = Number.POSITIVE_INFINITY): Block {
  const most = Math.min(MOST, Math.max(1, Math.floor(room / BADGE_STEP)))
  const shown = marks.length > most ? marks.slice(0, most - 1) : marks
  const signs: { text: string; severity: Mark['severity'] }[] = shown.map(({ number, severity }) => ({
    text: number < 100 ? String(number) : '…',
    severity,
  }))
  const rest = marks.slice(shown.length)
  if (rest.length > 0) {
    signs.push({ text: '…', severity: rest.some(({ severity }) => severity === 'warning') ? 'warning' : 'note' })
  }
  return {
    width: signs.length * BADGE_STEP,
    height: signs.length === 0 ? 0 : 20,
    paint: (x, y) =>
      signs.flatMap(({ text, severity }, index) => {
        const { ground, line: stroke, text: ink } = severity === 'warning' ? palette.warn : palette.note
        const cx = x + 10 + index * BADGE_STEP
        return [
          { kind: 'circle', cx, cy: y + 10, r: 9, fill: ground, stroke, strokeWidth: 1.4 } as const,
          line(text, cx, y + 13.75, TYPE.badge, ink, 'middle'),
        ]
      }),
  }
}
