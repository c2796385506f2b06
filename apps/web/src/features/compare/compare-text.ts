import type { ContainerComparison, GraphComparison, NamespaceType, PodGraph } from '@pausescope/shared'
import type { Catalogue } from '../../i18n/en.ts'

/** What became of the pod between two moments, in sentences: what is new, and what stayed because of whom. */
export function comparisonTexts({ containers }: GraphComparison, later: PodGraph, t: Catalogue): string[] {
  const { changes } = t.compare
  const texts = containers.flatMap((container) => textOf(container, t))
  if (texts.length === 0) return [changes.nothing]
  const stayed = heldStill(containers, later)
  return stayed ? [...texts, changes.stayed(stayed.types, stayed.pause)] : texts
}

function textOf({ name, change, types, a, b }: ContainerComparison, { compare: { changes } }: Catalogue): string[] {
  const renewed = types.filter(({ stayed, a, b }) => !stayed && a !== null && b !== null).map(({ type }) => type)
  switch (change) {
    case 'same':
      return renewed.length > 0 ? [changes.moved(name, renewed)] : []
    case 'restarted':
      return [changes.restarted(name, a?.pid ?? 0, b?.pid ?? 0, renewed)]
    case 'came':
      return [changes.came(name)]
    case 'gone':
      return [changes.gone(name)]
    case 'started':
      return [changes.started(name)]
    case 'ended':
      return [changes.ended(name)]
  }
}

/** What a container that was started again found as it was, and the PID of pause where that holds it. */
function heldStill(
  containers: readonly ContainerComparison[],
  later: PodGraph,
): { types: NamespaceType[]; pause: number | null } | null {
  const again = containers.find(({ change, kind }) => change === 'restarted' && kind !== 'sandbox')
  const held = (again?.types ?? []).flatMap(({ type, stayed, b }) => {
    const namespace = stayed ? later.namespaces.find(({ key }) => key === b) : undefined
    return namespace?.scope === 'pod' ? [{ type, holder: namespace.holder }] : []
  })
  if (held.length === 0) return null
  const pauses = held.flatMap(({ holder }) => (holder?.kind === 'pause' ? [holder.pid] : []))
  return { types: held.map(({ type }) => type), pause: pauses[0] ?? null }
}
