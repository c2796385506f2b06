import type { GraphNamespace, NamespaceCensus, PodGraph } from '@pausescope/shared'
import type { ReactNode } from 'react'
import type { Catalogue } from '../../i18n/en.ts'
import { useText } from '../../i18n/use-text.ts'
import { Facts, Section } from '../../ui/section.tsx'
import styles from './details.module.css'
import { Isolates } from './isolates.tsx'
import { Panel } from './panel.tsx'
import { Processes } from './processes.tsx'
import { Agreement } from './proof.tsx'
import type { Select } from './select.ts'
import { Shell } from './shell.tsx'

export function NamespaceDetails({
  graph,
  namespace,
  evidence,
  onSelect,
}: {
  graph: PodGraph
  namespace: GraphNamespace
  evidence: ReactNode
  onSelect: Select
}) {
  const t = useText()
  const { key, scope, facts, census, members, nested } = namespace
  const pins = pinsOf(namespace)
  const { type } = namespace.id
  return (
    <Panel title={key} mono kind={t.details.scopes[scope]} onClose={() => onSelect(null)}>
      <Isolates type={type} />
      <Facts
        facts={[
          [t.details.holder, holderText(t, namespace)],
          [t.details.pins, pins.length > 0 && pins.map((path) => <code key={path}>{path}</code>)],
          [t.details.facts, facts.length > 0 && facts.map((fact) => <span key={fact}>{fact}</span>)],
          [t.details.nprocs, census && String(census.nprocs)],
          [t.details.lowest, census?.lowest && <code>{`${census.lowest.pid} ${census.lowest.command}`}</code>],
        ]}
      />
      {nested && <p className={styles.quiet}>{t.details.nested}</p>}
      {evidence}
      <Section title={t.details.members}>
        {members.length === 0 ? (
          <p className={styles.quiet}>{t.details.noMembers}</p>
        ) : (
          <ul className={styles.links}>
            {members.map((member) => (
              <Member key={member} graph={graph} member={member} namespace={key} onSelect={onSelect} />
            ))}
          </ul>
        )}
      </Section>
      {type === 'pid' && <Processes graph={graph} namespace={key} />}
      {census && <Others outside={census.outside} />}
      <Shell graph={graph} subject={{ kind: 'namespace', key }} />
    </Panel>
  )
}

function Member({
  graph,
  member,
  namespace,
  onSelect,
}: {
  graph: PodGraph
  member: string
  namespace: string
  onSelect: Select
}) {
  const t = useText()
  const container = graph.containers.find(({ key }) => key === member)
  const membership = container?.memberships.find((one) => one.namespace === namespace)
  if (!container) return null
  return (
    <li className={membership?.agrees === false ? styles.wrong : undefined}>
      <p className={styles.linkHead}>
        <button type="button" onClick={() => onSelect({ kind: 'container', key: member })}>
          <b>{container.name}</b>
        </button>
        {container.pid !== null && <span className={styles.scope}>PID {container.pid}</span>}
        {membership?.agrees === false && <Agreement agrees={false} />}
        {membership && (
          <button
            type="button"
            className={styles.more}
            aria-label={t.details.proofOf(container.name, namespace)}
            onClick={() => onSelect({ kind: 'link', container: member, namespace })}
          >
            {t.details.proof}
          </button>
        )}
      </p>
      {membership && <p>{membership.why}</p>}
    </li>
  )
}

/** Who else on the node is in it, by name. */
function Others({ outside: { processes, pods, podCount, examples } }: { outside: NamespaceCensus['outside'] }) {
  const t = useText()
  return (
    <Section title={t.details.others}>
      <p className={styles.quiet}>{processes === 0 ? t.details.noOthers : t.details.outside(processes, podCount)}</p>
      {pods.length > 0 && (
        <Facts
          facts={[
            [
              t.details.outsidePods,
              [
                ...pods.map((pod) => <span key={pod}>{pod}</span>),
                podCount > pods.length && <i key="more">{t.details.morePods(podCount - pods.length)}</i>,
              ],
            ],
          ]}
        />
      )}
      {examples.length > 0 && (
        <table className={styles.examples}>
          <caption>{t.details.examples}</caption>
          <thead>
            <tr>
              <th scope="col">PID</th>
              <th scope="col">{t.details.command}</th>
              <th scope="col">{t.details.pod}</th>
            </tr>
          </thead>
          <tbody>
            {examples.map(({ pid, command, pod }) => (
              <tr key={pid}>
                <td>{pid}</td>
                <td title={command}>
                  <code>{command}</code>
                </td>
                <td>{pod ?? <i>{t.details.unowned}</i>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

function pinsOf({ holder, census }: GraphNamespace): readonly string[] {
  if (holder === null) return census?.pins.map(({ path }) => path) ?? []
  return holder.kind === 'pin' ? holder.paths : holder.pins
}

function holderText(t: Catalogue, { holder, scope }: GraphNamespace): string | null {
  if (holder === null) return scope === 'node' ? t.details.heldBy.node : null
  switch (holder.kind) {
    case 'pause':
      return t.details.heldBy.pause(holder.pid)
    case 'process':
      return t.details.heldBy.process(holder.command, holder.pid)
    case 'pin':
      return t.details.heldBy.pin
  }
}
