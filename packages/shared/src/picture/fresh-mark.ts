import type { SceneNode } from './scene.ts'
import type { SceneContext } from './scene-parts.ts'

const RADIUS = 7
const ARM = 3.4

/** A plus on the upper right corner of what is new since the moment before; nothing on anything else. */
export function freshMark(
  key: string,
  right: number,
  top: number,
  { fresh, palette }: Pick<SceneContext, 'fresh' | 'palette'>,
): SceneNode[] {
  return fresh.has(key) ? plus(right - 4, top + 3, palette) : []
}

/** The sign itself, around its middle. */
export function plus(cx: number, cy: number, palette: SceneContext['palette']): SceneNode[] {
  return [
    { kind: 'circle', cx, cy, r: RADIUS, fill: palette.good, stroke: palette.surface, strokeWidth: 1.5 },
    {
      kind: 'path',
      d: `M${cx - ARM} ${cy}H${cx + ARM}M${cx} ${cy - ARM}V${cy + ARM}`,
      stroke: palette.surface,
      strokeWidth: 1.8,
    },
  ]
}

/** The outline of what is new is heavier. */
export function outline(key: string, usual: number, { fresh }: Pick<SceneContext, 'fresh'>): number {
  return fresh.has(key) ? usual + 1.2 : usual
}
