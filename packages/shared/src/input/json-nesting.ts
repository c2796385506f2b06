/** JSON.parse needs most of a microsecond for each level: a file of brackets alone would take it minutes. */
export const MAX_JSON_DEPTH = 64

/**
 * How deep a JSON text nests, and whether it ends before what it opened is closed. Linear, and says something of any text:
 * it is to be asked before the text is parsed.
 */
export function jsonNesting(text: string): { deepest: number; open: boolean } {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (inString) {
      if (char === '\\') at++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth)
    else if (char === '}' || char === ']') depth--
  }
  return { deepest, open: inString || depth > 0 }
}
