import type { SceneRef } from '@pausescope/shared'

/**
 * Spells what is selected: `container/KEY`, `namespace/KEY`, `pod/KEY`, `link/CONTAINER/NAMESPACE`. In a link's parts a slash
 * is escaped, so that the middle one can be told.
 */
export function encodeSelection(ref: SceneRef): string {
  switch (ref.kind) {
    case 'container':
    case 'namespace':
    case 'pod':
      return `${ref.kind}/${ref.key}`
    case 'link':
      return `link/${escapePart(ref.container)}/${escapePart(ref.namespace)}`
  }
}

/** The opposite of encodeSelection; null for anything it did not write. */
export function decodeSelection(text: string | null): SceneRef | null {
  const match = /^(container|namespace|pod|link)\/(.+)$/s.exec(text ?? '')
  if (!match) return null
  const [, kind, rest] = match as unknown as [string, SceneRef['kind'], string]
  if (kind !== 'link') return { kind, key: rest }
  const parts = rest.split('/')
  if (parts.length !== 2) return null
  const [container, namespace] = parts.map(unescapePart) as [string, string]
  return container && namespace ? { kind, container, namespace } : null
}

function escapePart(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}
