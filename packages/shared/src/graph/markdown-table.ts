import { visibleText } from '../picture/visible-text.ts'

/** A table in GitHub's Markdown; what its cells hold is text, whatever is written in it. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head.map(escapeMarkdown), head.map(() => '---'), ...rows.map((row) => row.map(escapeMarkdown))]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}

/** All that means something in Markdown or HTML, so that a name is only a name. */
export function escapeMarkdown(text: string): string {
  return visibleText(text).replace(/[\\`*_{}[\]()<>#+!|~&$@^=]/g, '\\$&')
}
