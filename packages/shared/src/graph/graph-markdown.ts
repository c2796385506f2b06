import type { Language } from '../model/language.ts'
import { PICTURE_WORDS } from '../picture/words/picture-words.ts'
import { GRAPH_WORDS } from './graph-languages.ts'
import type { PodGraph } from './graph-types.ts'
import { escapeMarkdown } from './markdown-table.ts'
import { type MembershipCell, membershipTable } from './membership-table.ts'

/**
 * The graph as a Markdown table (GitHub's flavour): a row for each container, a column for each type, inodes with whose they
 * are; below it the findings and what could not be seen.
 */
export function graphMarkdown(graph: PodGraph, language: Language = 'en'): string {
  const words = PICTURE_WORDS[language]
  const { pod } = graph.observation
  const { columns, rows } = membershipTable(graph, GRAPH_WORDS[language])
  const cell = (cell: MembershipCell): string => {
    if (cell.kind !== 'member') return escapeMarkdown(cell.reason)
    const whose = { own: '', pod: words.nested.pods, foreign: words.nested.foreign, node: words.nested.nodes }[
      cell.scope
    ]
    const differs = cell.agrees === false ? ' ⚠' : ''
    return [cell.inode, cell.letter, whose].filter((part) => part !== null && part !== '').join(' ') + differs
  }
  const name = ({ name, kind }: (typeof rows)[number]) => {
    const what = words.kinds[kind]
    return escapeMarkdown(what === null ? name : `${name} (${what})`)
  }
  const lines = [
    [words.label.containerWord, ...columns],
    [...Array.from({ length: columns.length + 1 }, () => '---')],
    ...rows.map((row) => [name(row), ...row.cells.map(cell)]),
  ].map((cells) => `| ${cells.join(' | ')} |`)
  const findings = graph.findings.map(({ text }, index) => `${index + 1}. ${escapeMarkdown(text)}`)
  const gaps = graph.gaps.map(({ detail }) => `- ${escapeMarkdown(detail)}`)
  const title = `**${escapeMarkdown(words.title(`${pod.namespace}/${pod.name}`))}**`
  return `${[[title], lines, findings, gaps]
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`
}
