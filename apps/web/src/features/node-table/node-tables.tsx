import { NODE_WORDS, type NodeGraph, othersOf, type SceneRef } from '@pausescope/shared'
import { useRef } from 'react'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { NamespaceTable } from './namespace-table.tsx'
import styles from './node-tables.module.css'
import { PodTable } from './pod-table.tsx'

/** All that the picture of a node says, as tables: its own namespaces, its pods, what they share, what is left over. */
export function NodeTables({
  graph,
  selection,
  onSelect,
}: {
  graph: NodeGraph
  selection: SceneRef | null
  onSelect: (ref: SceneRef | null) => void
}) {
  const t = useInsideText()
  const box = useRef<HTMLDivElement>(null)
  const { types, shared, leftOvers } = graph
  const node = types.flatMap(({ node: own, ...count }) =>
    own ? [{ ...own, note: othersOf(count, NODE_WORDS[t.language]) }] : [],
  )
  const noted = (key: 'shared' | 'pinned' | 'ofNoPod') => (key === 'shared' ? shared : leftOvers[key])
  return (
    <div ref={box} className={styles.box}>
      <NamespaceTable title={t.nodeTable.node} namespaces={node} selection={selection} onSelect={onSelect} />
      <PodTable box={box} graph={graph} selection={selection} onSelect={onSelect} />
      {(['shared', 'pinned', 'ofNoPod'] as const).map((key) => (
        <NamespaceTable
          key={key}
          title={t.nodeTable[key]}
          namespaces={noted(key)}
          selection={selection}
          onSelect={onSelect}
        />
      ))}
    </div>
  )
}
