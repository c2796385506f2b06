import type { GraphContainer, GraphNamespace, Membership, PodGraph } from '@pausescope/shared'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { Facts, Section } from '../../ui/section.tsx'
import styles from './details.module.css'
import { DocumentationLink } from './documentation-link.tsx'
import { Field } from './field.tsx'
import { Panel } from './panel.tsx'
import { Agreement, Proof } from './proof.tsx'
import type { Select } from './select.ts'
import { Shell } from './shell.tsx'

/** One container in one namespace: what the spec predicts, what the node shows, and how to check. */
export function LinkDetails({
  graph,
  container,
  namespace,
  membership: { type, expectation, agrees, why, proof },
  evidence,
  onSelect,
}: {
  graph: PodGraph
  container: GraphContainer
  namespace: GraphNamespace
  membership: Membership
  evidence: ReactNode
  onSelect: Select
}) {
  const t = useText()
  return (
    <Panel title={t.details.link(container.name, type)} kind={t.details.linkKind} onClose={() => onSelect(null)}>
      <p className={styles.why}>{why}</p>
      <Facts
        facts={[
          [
            t.details.expectation,
            expectation ? (
              <>
                <span>{t.details.places[expectation.place]}</span>
                <Field name={expectation.field} />
                <DocumentationLink reason={expectation.reason} />
              </>
            ) : (
              t.details.noExpectation
            ),
          ],
          [
            t.details.observed,
            <>
              <span>{t.details.scopes[namespace.scope]}</span>
              <code>{namespace.key}</code>
            </>,
          ],
          [t.details.verdict, agrees !== null && <Agreement agrees={agrees} />],
        ]}
      />
      <Section title={t.details.check}>
        <Proof proof={proof} />
      </Section>
      <Shell graph={graph} subject={{ kind: 'link', container: container.key, namespace: namespace.key }} />
      {evidence}
      <Section title={t.details.ends}>
        <ul className={styles.ends}>
          <li>
            <button type="button" onClick={() => onSelect({ kind: 'container', key: container.key })}>
              <b>{container.name}</b>
            </button>
          </li>
          <li>
            <button type="button" onClick={() => onSelect({ kind: 'namespace', key: namespace.key })}>
              <code>{namespace.key}</code>
            </button>
          </li>
        </ul>
      </Section>
    </Panel>
  )
}
