import type { PodGraph, SceneRef } from '@pausescope/shared'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { Notice } from '../../ui/notice.tsx'
import { ContainerDetails } from './container-details.tsx'
import { LinkDetails } from './link-details.tsx'
import { NamespaceDetails } from './namespace-details.tsx'
import { Panel } from './panel.tsx'
import type { Select } from './select.ts'

/** What is selected, told in full. A selection that the graph does not have says so. */
export function Details({
  graph,
  selection,
  evidence,
  onSelect,
}: {
  graph: PodGraph
  selection: SceneRef
  /** What was measured inside of what is selected. */
  evidence: ReactNode
  onSelect: Select
}) {
  const t = useText()
  const containerKey =
    selection.kind === 'container' ? selection.key : selection.kind === 'link' ? selection.container : null
  const namespaceKey =
    selection.kind === 'namespace' ? selection.key : selection.kind === 'link' ? selection.namespace : null
  const container = graph.containers.find(({ key }) => key === containerKey)
  const namespace = graph.namespaces.find(({ key }) => key === namespaceKey)
  if (selection.kind === 'container' && container)
    return <ContainerDetails graph={graph} container={container} evidence={evidence} onSelect={onSelect} />
  if (selection.kind === 'namespace' && namespace)
    return <NamespaceDetails graph={graph} namespace={namespace} evidence={evidence} onSelect={onSelect} />
  const membership = container?.memberships.find((one) => one.namespace === namespaceKey)
  if (container && namespace && membership)
    return (
      <LinkDetails
        graph={graph}
        container={container}
        namespace={namespace}
        membership={membership}
        evidence={evidence}
        onSelect={onSelect}
      />
    )
  return (
    <Panel title={t.details.goneTitle} onClose={() => onSelect(null)}>
      <Notice tone="info" layout="box" title={t.details.goneTitle}>
        {t.details.gone}
      </Notice>
    </Panel>
  )
}
