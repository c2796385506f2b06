import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sketchGraph } from '../test/graph-builder.ts'
import { SKETCH_NAMES, sketchOf } from '../test/graph-sketches.ts'
import { graphMarkdown } from './graph-markdown.ts'
import { graphMermaid } from './graph-mermaid.ts'

/** Any name, also those that mean something in Markdown, HTML or Mermaid. */
const names = fc.oneof(
  fc.string({ unit: fc.integer({ min: 1, max: 0xffff }).map((code) => String.fromCharCode(code)), minLength: 1 }),
  fc.constantFrom(
    'a|b',
    '"]\nend',
    '`x`',
    '<script>',
    'end',
    '#quot;',
    '%%{init: {}}%%',
    '**b**',
    '[l](http://x)',
    '컨테이너',
  ),
)

const graphOf = (name: string) =>
  sketchGraph({
    containers: [
      { name, image: name, ns: { net: 11, mnt: 12 } },
      { name: `${name}2`, ns: { net: 11, mnt: 13 } },
    ],
    facts: { 11: [name] },
    pod: { name },
    findings: [{ code: 'x', severity: 'note', about: [], text: name }],
  })

describe('Markdown', () => {
  test('a row for each container, a column for each type, equal inodes with equal letters', () => {
    const [title, , head, rule, ...rows] = graphMarkdown(sketchOf('seed')).split('\n')
    expect(title).toBe('**Linux namespaces of pod default/myweb2**')
    expect(head).toBe('| container | cgroup | ipc | mnt | net | pid | time | user | uts |')
    expect(rule).toBe(`|${' --- |'.repeat(9)}`)
    expect(rows.slice(0, 2)).toEqual([
      '| pause (sandbox) | 4026531835 the node’s | 4026533476 A the pod’s | 4026533474 | 4026533353 A the pod’s | 4026533477 | 4026531834 A the node’s | 4026531837 A the node’s | 4026533475 A the pod’s |'.replace(
        '(sandbox)',
        '\\(sandbox\\)',
      ),
      '| myweb2-nginx | 4026533480 | 4026533476 A the pod’s | 4026533478 | 4026533353 A the pod’s | 4026533479 | 4026531834 A the node’s | 4026531837 A the node’s | 4026533475 A the pod’s |',
    ])
  })

  test('findings and gaps stand below', () => {
    expect(graphMarkdown(sketchOf('beyond'))).toContain('\n\n1. Container myweb2-nginx: the spec predicts')
    expect(graphMarkdown(sketchOf('partial'))).toContain('\n\n- The namespaces of 1 process could not be read')
    expect(graphMarkdown(sketchOf('seed'), 'ko')).toContain('| 컨테이너 | cgroup |')
  })

  test('property: a name adds no row, no cell and no markup', () => {
    fc.assert(
      fc.property(names, (name) => {
        const [title, , ...lines] = graphMarkdown(graphOf(name)).trimEnd().split('\n')
        expect(lines).toHaveLength(6)
        for (const line of lines.slice(0, 4)) expect(line.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(10)
        const plain = [title, ...lines].join('').replace(/\\./gs, '').replaceAll('**', '')
        expect(plain).not.toMatch(/[<>&`[\]*]/)
      }),
    )
  })
})

describe('Mermaid', () => {
  const LABEL = '"(?:[^"#<]|#\\d+;|<br\\/>)*"'
  const LINE = new RegExp(
    `^(?:flowchart LR|  subgraph (?:containers|pod|beyond|node)\\[${LABEL}\\]|    c\\d+\\[${LABEL}\\]|    n\\d+\\(${LABEL}\\)|  end|  c\\d+ (?:---|-\\.-) n\\d+)$`,
  )

  test('the story’s pod', () => {
    const lines = graphMermaid(sketchOf('seed')).split('\n')
    expect(lines).toContain(
      '    c1["myweb2-nginx<br/>PID 761<br/>mnt:#91;4026533478#93;<br/>pid:#91;4026533479#93;<br/>cgroup:#91;4026533480#93;"]',
    )
    expect(lines).toContain('    n0("net:#91;4026533353#93;<br/>10.244.1.2")')
    expect(lines).toContain('  c1 --- n0')
    expect(lines).toContain('  c1 -.- n3')
  })

  test.each(SKETCH_NAMES)('%s: a line for each membership that is not a container’s own', (name) => {
    const graph = sketchOf(name)
    const links = graphMermaid(graph).match(/^ {2}c\d+ (?:---|-\.-) n\d+$/gm) ?? []
    const expected = graph.namespaces.filter(({ scope }) => scope !== 'own').flatMap(({ members }) => members)
    expect(links).toHaveLength(expected.length)
  })

  test('property: every line is one of few forms, whatever the names', () => {
    fc.assert(
      fc.property(names, (name) => {
        for (const line of graphMermaid(graphOf(name)).trimEnd().split('\n')) expect(line).toMatch(LINE)
      }),
    )
  })
})
