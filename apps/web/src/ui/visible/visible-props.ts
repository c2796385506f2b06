import { visibleText } from '@pausescope/shared'

/** The properties of an element that a person reads or hears. */
const SEEN = ['children', 'title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'aria-valuetext'] as const

/**
 * An element's properties with every text in them safe to show, as pictures show it: a name from outside cannot hide
 * or reorder what stands around it. Line ends and tabs stay, as printed text has them.
 */
export function visibleProps<P>(props: P): P {
  let safe = props
  for (const name of SEEN) {
    const given = (props as Record<string, unknown>)[name]
    const shown = visible(given)
    if (shown !== given) safe = { ...safe, [name]: shown }
  }
  return safe
}

function visible(node: unknown): unknown {
  if (typeof node === 'string') return node.replace(/[^\n\t]+/g, visibleText)
  if (!Array.isArray(node)) return node
  const shown = node.map(visible)
  return shown.some((one, index) => one !== node[index]) ? shown : node
}
