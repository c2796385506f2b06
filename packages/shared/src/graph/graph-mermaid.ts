import type { Language } from '../model/language.ts'
import { arrange } from '../picture/picture.ts'
import { visibleText } from '../picture/visible-text.ts'
import { PICTURE_WORDS } from '../picture/words/picture-words.ts'
import type { GraphNamespace, PodGraph } from './graph-types.ts'

/**
 * The graph as a Mermaid flowchart: containers with what is theirs alone, what the pod shares, what is the node's, and a line
 * for each membership; dashed where it leaves the pod.
 */
export function graphMermaid(graph: PodGraph, language: Language = 'en'): string {
  const words = PICTURE_WORDS[language]
  const { cards, sections, foreign, node } = arrange(graph)
  const shared = sections.flatMap(({ namespaces }) => namespaces)
  const ids = new Map([...shared, ...foreign, ...node].map(({ key }, index) => [key, `n${index}`]))
  const box = ({ key, facts }: GraphNamespace) => `    ${ids.get(key)}(${label([key, ...facts])})`
  const group = (id: string, title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`  subgraph ${id}[${label([title])}]`, ...lines, '  end']
  const containers = cards.map(({ container, own, nested }, index) => {
    const { kind, name, pid, state } = container
    const about = [words.kinds[kind], pid === null ? state.kind : words.pid(pid)].filter((part) => part !== null)
    return `    c${index}[${label([name, about.join(', '), ...[...own, ...nested].map(({ key }) => key)])}]`
  })
  const links = cards.flatMap(({ linked }, index) =>
    linked.map(
      ({ key, scope }) => `  c${index} ${scope === 'node' || scope === 'foreign' ? '-.-' : '---'} ${ids.get(key)}`,
    ),
  )
  return `${[
    'flowchart LR',
    ...group('containers', words.columns.own, containers),
    ...group('pod', words.columns.pod, shared.map(box)),
    ...group('beyond', words.columns.foreign, foreign.map(box)),
    ...group('node', words.columns.node, node.map(box)),
    ...links,
  ].join('\n')}\n`
}

/**
 * A label in quotes. All but letters, digits and a few harmless signs is written as its number, which Mermaid reads in any
 * text (its "entity codes"), so that no name ends the label or becomes markup.
 */
function label(lines: readonly string[]): string {
  const safe = (line: string) =>
    visibleText(line).replace(/[^\p{L}\p{N}\p{M} .,:/_-]/gu, (sign) => `#${sign.codePointAt(0)};`)
  return `"${lines
    .filter((line) => line !== '')
    .map(safe)
    .join('<br/>')}"`
}
