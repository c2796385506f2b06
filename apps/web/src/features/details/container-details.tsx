import type { GraphContainer, Membership, PodGraph } from '@pausescope/shared'
import type { ReactNode } from 'react'
import type { Catalogue } from '../../i18n/en.ts'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { formatInstant } from '../../ui/instant.ts'
import { Facts, Section } from '../../ui/section.tsx'
import styles from './details.module.css'
import { DocumentationLink } from './documentation-link.tsx'
import { Field } from './field.tsx'
import { Lsns } from './lsns.tsx'
import { Panel } from './panel.tsx'
import { PodFacts } from './pod-facts.tsx'
import { Processes } from './processes.tsx'
import { Agreement, Proof } from './proof.tsx'
import type { Select } from './select.ts'
import { Shell } from './shell.tsx'

export function ContainerDetails({
  graph,
  container,
  evidence,
  onSelect,
}: {
  graph: PodGraph
  container: GraphContainer
  evidence: ReactNode
  onSelect: Select
}) {
  const t = useInsideText()
  const { kind, name, image, state, restarts, containerId, pid, processes, memberships, unreadable } = container
  const sandbox = kind === 'sandbox'
  const { key, lastExit } = container
  const spec = graph.observation.pod.containers.find((one) => `container:${one.name}` === key)
  return (
    <Panel title={name} kind={t.kind[kind]} onClose={() => onSelect(null)}>
      <Facts
        facts={[
          [t.details.state, sandbox ? null : stateText(t, state)],
          [t.details.image, image && <code>{image}</code>],
          // Kubernetes asks no ephemeral container whether it is ready.
          [t.evidence.ready, spec && kind !== 'ephemeral' && (spec.ready ? t.evidence.yes : t.evidence.no)],
          [t.details.restarts, sandbox ? null : String(restarts)],
          [t.details.lastExit, lastExit && stateText(t, { kind: 'terminated', ...lastExit })],
          [t.details.pid, pid === null ? t.details.noProcess : t.details.pidOf(pid)],
          [t.details.processes, processes.length > 1 && String(processes.length)],
          [sandbox ? t.details.sandboxId : t.details.containerId, containerId && <code>{containerId}</code>],
        ]}
      />
      <PodFacts observation={graph.observation} open={sandbox} />
      {!graph.observation.scanned && <p className={styles.quiet}>{t.details.notScanned}</p>}
      {graph.isolation && <p className={styles.quiet}>{t.details.isolated(graph.isolation.runtime)}</p>}
      {graph.observation.scanned && pid === null && !graph.isolation && (
        <p className={styles.quiet}>{t.details.noNamespaces}</p>
      )}
      {pid !== null && <Lsns graph={graph} container={container} />}
      <Processes graph={graph} container={key} />
      {evidence}
      <Shell graph={graph} subject={{ kind: 'container', key }} />
      {memberships.length > 0 && (
        <Section title={t.details.why}>
          <ul className={styles.links}>
            {memberships.map((membership) => (
              <Why key={membership.type} graph={graph} membership={membership} onSelect={onSelect} />
            ))}
          </ul>
        </Section>
      )}
      {unreadable.length > 0 && (
        <Section title={t.details.unreadable}>
          <Facts facts={unreadable.map(({ type, reason }) => [type, reason])} />
        </Section>
      )}
    </Panel>
  )
}

function Why({ graph, membership, onSelect }: { graph: PodGraph; membership: Membership; onSelect: Select }) {
  const t = useInsideText()
  const { type, namespace, expectation, agrees, why, proof } = membership
  const scope = graph.namespaces.find(({ key }) => key === namespace)?.scope
  return (
    <li className={agrees === false ? styles.wrong : undefined}>
      <p className={styles.linkHead}>
        <button type="button" onClick={() => onSelect({ kind: 'namespace', key: namespace })}>
          <code>
            <b>{type}</b>
            {namespace.slice(type.length)}
          </code>
        </button>
        {scope && <span className={styles.scope}>{t.details.scopes[scope]}</span>}
        {agrees === false && <Agreement agrees={agrees} />}
      </p>
      <p>{why}</p>
      {expectation && (
        <p className={styles.decided}>
          <Field name={expectation.field} />
          <DocumentationLink reason={expectation.reason} />
        </p>
      )}
      <Proof proof={proof} />
    </li>
  )
}

function stateText(t: Catalogue, state: GraphContainer['state']): string {
  switch (state.kind) {
    case 'running':
      return t.state.running(state.startedAt && formatInstant(state.startedAt, 'second'))
    case 'waiting':
      return [t.state.waiting(state.reason), state.message].filter(Boolean).join('. ')
    case 'terminated':
      return t.state.terminated(
        state.reason,
        state.exitCode,
        state.finishedAt && formatInstant(state.finishedAt, 'second'),
      )
    case 'unknown':
      return t.state.unknown
  }
}
