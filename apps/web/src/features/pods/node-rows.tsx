import type { NodeSummary } from '@pausescope/shared'
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { Icon } from '../../ui/icon.tsx'
import { useScrollWindow } from '../../ui/use-scroll-window.ts'
import { ROW_HEIGHT, rowTops, scrollToRow, visibleRows } from './list-window.ts'
import styles from './pod-list.module.css'

/** How many rows a key passes. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  End: Number.POSITIVE_INFINITY,
  Home: Number.NEGATIVE_INFINITY,
}

/** As the rows of pods: only those near the visible part are in the page, and the box keeps the focus. */
export function NodeRows({
  ref,
  nodes,
  picked,
  onPick,
  onEnd,
}: {
  ref: Ref<HTMLDivElement>
  nodes: readonly NodeSummary[]
  picked: string | null
  onPick: (node: string) => void
  /** The last row came near the visible part. */
  onEnd: () => void
}) {
  const t = useText()
  const box = useRef<HTMLDivElement>(null)
  useImperativeHandle(ref, () => box.current as HTMLDivElement)
  const { scroll, height } = useScrollWindow(box)
  const tops = useMemo(() => rowTops(nodes.map(() => ({ kind: 'pod' }))), [nodes])
  const [activeName, setActiveName] = useState(picked)
  const active = Math.max(
    0,
    nodes.findIndex(({ name }) => name === activeName),
  )
  const press = (node: string) => {
    setActiveName(node)
    onPick(node)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = STEPS[event.key]
    const node = nodes[active]
    if (event.key === 'Enter' && node) press(node.name)
    if (step === undefined) return
    event.preventDefault()
    const to = Math.min(nodes.length - 1, Math.max(0, active + step))
    setActiveName(nodes[to]?.name ?? null)
    const element = box.current
    if (element) element.scrollTop = scrollToRow(tops, to, element.scrollTop, element.clientHeight)
  }

  const [from, to] = visibleRows(tops, scroll, height)
  const shown = nodes.slice(from, to).map((node, index) => ({ node, index: from + index }))
  const activeNode = nodes[active]
  const atEnd = to === nodes.length
  useEffect(() => {
    if (atEnd) onEnd()
  }, [atEnd, onEnd])
  if (activeNode && (active < from || active >= to)) shown.push({ node: activeNode, index: active })
  return (
    <div
      ref={box}
      className={styles.tree}
      role="listbox"
      aria-label={t.nodes.list}
      tabIndex={0}
      aria-activedescendant={activeNode && rowId(activeNode)}
      onKeyDown={onKeyDown}
    >
      <div className={styles.rows} style={{ height: tops[nodes.length] }}>
        {shown.map(({ node, index }) => (
          // biome-ignore lint/a11y: keys and focus go to the list, which names its active row
          <div
            key={node.name}
            id={rowId(node)}
            role="option"
            aria-posinset={index + 1}
            aria-setsize={nodes.length}
            aria-selected={node.name === picked}
            data-active={index === active || undefined}
            className={styles.pod}
            style={{ top: tops[index], height: ROW_HEIGHT.pod }}
            onClick={() => press(node.name)}
          >
            <NodeLine node={node} />
          </div>
        ))}
      </div>
    </div>
  )
}

/** Names of nodes are DNS names, and so fit for ids. */
function rowId({ name }: NodeSummary): string {
  return `node-${name}`
}

function NodeLine({ node: { name, ready, runtime, pods } }: { node: NodeSummary }) {
  const t = useText()
  return (
    <>
      <span className={`${styles.mark} ${ready === false ? styles.bad : styles.quiet}`}>
        <Icon name={ready === false ? 'alert' : 'node'} />
      </span>
      <span className={styles.podName} title={name}>
        {name}
      </span>
      <span className={styles.ready}>{t.nodes.pods(pods)}</span>
      <span className={styles.facts}>
        {ready !== null && (
          <span className={ready ? undefined : styles.bad}>{ready ? t.nodes.ready : t.nodes.notReady}</span>
        )}
        {runtime !== null && <span title={runtime}>{runtime}</span>}
      </span>
    </>
  )
}
