import {
  NODE_WORDS,
  type NodeGraph,
  type NodeGraphNamespace,
  type NodeGraphPod,
  placeText,
  type SceneRef,
} from '@pausescope/shared'
import { drawnNamespaces } from '../../graph/node-trace.ts'
import { useText } from '../../i18n/use-text.ts'
import { Notice } from '../../ui/notice.tsx'
import { Facts, Section } from '../../ui/section.tsx'
import styles from './details.module.css'
import { Isolates } from './isolates.tsx'
import { NodeLsns } from './node-lsns.tsx'
import { Panel } from './panel.tsx'
import type { Select } from './select.ts'

/** What is selected in the picture of a node, told in full. */
export function NodeDetails({
  graph,
  selection,
  onSelect,
}: {
  graph: NodeGraph
  selection: SceneRef
  onSelect: Select
}) {
  const t = useText()
  if (selection.kind === 'namespace') {
    const namespace = drawnNamespaces(graph).find(({ key }) => key === selection.key)
    if (namespace) return <NodeNamespaceDetails graph={graph} namespace={namespace} onSelect={onSelect} />
  }
  if (selection.kind === 'pod') {
    const pod = graph.pods.find(({ key }) => key === selection.key)
    if (pod) return <NodePodDetails pod={pod} onSelect={onSelect} />
  }
  return (
    <Panel title={t.details.goneTitle} onClose={() => onSelect(null)}>
      <Notice tone="info" layout="box" title={t.details.goneTitle}>
        {t.node.gone}
      </Notice>
    </Panel>
  )
}

function NodeNamespaceDetails({
  graph,
  namespace,
  onSelect,
}: {
  graph: NodeGraph
  namespace: NodeGraphNamespace
  onSelect: Select
}) {
  const t = useText()
  const { key, scope, nprocs, lowest, command, pins = [], others = 0, podKeys, first } = namespace
  const { pods } = graph.observation
  const home = typeof first === 'number' ? pods[first] : null
  return (
    <Panel title={key} mono kind={t.node.scopes[scope]} onClose={() => onSelect(null)}>
      <Isolates type={namespace.type} />
      <Facts
        facts={[
          [t.details.nprocs, String(nprocs)],
          [t.node.others, others > 0 && t.node.othersOf(others)],
          [t.details.lowest, lowest !== null && <code>{`${lowest} ${command ?? ''}`}</code>],
          [t.details.pins, pins.length > 0 && pins.map((path) => <code key={path}>{path}</code>)],
          [t.node.first, home ? `${home.namespace}/${home.name}` : first === null && t.node.firstNoPod],
        ]}
      />
      <Section title={t.node.pods(podKeys.length)}>
        {podKeys.length === 0 && <p className={styles.quiet}>{t.node.noPods}</p>}
        <ul className={styles.links}>
          {podKeys.map((pod) => (
            <li key={pod}>
              <p className={styles.linkHead}>
                <button type="button" onClick={() => onSelect({ kind: 'pod', key: pod })}>
                  {pod}
                </button>
              </p>
            </li>
          ))}
        </ul>
      </Section>
      <NodeLsns observation={graph.observation} type={namespace.type} />
    </Panel>
  )
}

/** Of a pod that has no picture of its own here, or of what runs on the node without being one of its pods. */
function NodePodDetails({ pod, onSelect }: { pod: NodeGraphPod; onSelect: Select }) {
  const t = useText()
  const { key, kind, namespace, status, comm, running, containers, marks, findings, isolation, inside } = pod
  const words = NODE_WORDS[t.language]
  const places = Object.entries(marks).map(([type, mark]) => [type, placeText(mark, words) || t.node.noPlace] as const)
  return (
    <Panel title={key} kind={t.node.kinds[kind]} onClose={() => onSelect(null)}>
      <Facts
        facts={[
          [t.details.state, status],
          [t.node.engine, kind === 'container' && namespace],
          [t.node.runs, comm],
          [t.node.running, t.node.runningOf(running, containers)],
          [t.node.isolation, isolation && `${isolation.runtime} (${isolation.evidence})`],
          [t.node.inside, inside.join(', ')],
        ]}
      />
      {kind === 'named' && <p className={styles.quiet}>{t.node.onlyHere}</p>}
      <Section title={t.node.places}>
        <Facts facts={places} />
      </Section>
      {findings.length > 0 && (
        <Section title={t.node.found}>
          <ul className={styles.links}>
            {findings.map(({ code, text }) => (
              <li key={`${code} ${text}`}>{text}</li>
            ))}
          </ul>
        </Section>
      )}
    </Panel>
  )
}
