import type { Scene } from '@pausescope/shared'
import { type RefObject, useLayoutEffect } from 'react'

/** What the style sheet brings out in a painted scene, by ids. */
export type Marks = {
  /** Null: nothing is traced, all is as bright. */
  lit: ReadonlySet<string> | null
  selected: string | null
  /** The one shape that the Tab key reaches. */
  tabStop: string | null
  /** What is not as in another picture. */
  changed: ReadonlySet<string> | null
}

/** Sets the marks on the shapes themselves: a hundred attributes are cheaper than rendering the picture again. */
export function useMarks(
  svg: RefObject<SVGSVGElement | null>,
  scene: Scene,
  { lit, selected, tabStop, changed }: Marks,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new scene brings new shapes, which have no marks yet
  useLayoutEffect(() => {
    const element = svg.current
    if (!element) return
    element.toggleAttribute('data-tracing', lit !== null)
    for (const shape of element.querySelectorAll('[data-ref]')) {
      const id = shape.getAttribute('data-ref') as string
      shape.toggleAttribute('data-lit', lit?.has(id) ?? false)
      shape.toggleAttribute('data-changed', changed?.has(id) ?? false)
      const control = controlOf(shape)
      if (id === selected) control?.setAttribute('aria-current', 'true')
      else control?.removeAttribute('aria-current')
      control?.setAttribute('tabindex', id === tabStop ? '0' : '-1')
    }
  }, [svg, scene, lit, selected, tabStop, changed])
}

/** The control of a painted thing: what has the focus and is pressed. */
export function controlOf(shape: Element): SVGElement | null {
  return shape.querySelector<SVGElement>('[role="button"]')
}
