import type { NamespaceType, PodGraph, SceneRef } from '@pausescope/shared'

/** What there is to tell of a selection. `containers` are keys: whom it is told of. */
export type Topic =
  | { kind: 'network' | 'hostname' | 'ipc' | 'users'; inode: number; containers: readonly string[] }
  | { kind: 'files'; containers: readonly string[] }

const KINDS: Partial<Record<NamespaceType, Exclude<Topic['kind'], 'files'>>> = {
  net: 'network',
  uts: 'hostname',
  ipc: 'ipc',
  user: 'users',
}

/** Of a container its network and files, of a namespace what its type isolates, of a link the same for one container. */
export function topicsOf({ containers, namespaces }: PodGraph, selection: SceneRef): Topic[] {
  const ofNamespace = (key: string, told?: string): Topic[] => {
    const namespace = namespaces.find((one) => one.key === key)
    if (!namespace) return []
    const { type, inode } = namespace.id
    const members = told === undefined ? namespace.members : [told]
    if (type === 'mnt') return members.length > 0 ? [{ kind: 'files', containers: members }] : []
    const kind = KINDS[type]
    return kind ? [{ kind, inode, containers: namespace.members }] : []
  }
  switch (selection.kind) {
    case 'namespace':
      return ofNamespace(selection.key)
    case 'link':
      return ofNamespace(selection.namespace, selection.container)
    case 'container': {
      const container = containers.find(({ key }) => key === selection.key)
      const net = container?.memberships.find(({ type }) => type === 'net')?.namespace
      return container
        ? [...(net === undefined ? [] : ofNamespace(net)), { kind: 'files', containers: [container.key] }]
        : []
    }
    case 'pod':
      return []
  }
}
