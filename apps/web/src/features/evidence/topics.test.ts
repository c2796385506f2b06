import type { PodGraph, SceneRef } from '@pausescope/shared'
import { expect, test } from 'vitest'
import { topicsOf } from './topics.ts'

const namespace = (type: string, inode: number, members: string[]) => ({
  key: `${type}:[${inode}]`,
  id: { type, inode, device: null },
  members,
})
const membership = (type: string, inode: number) => ({ type, namespace: `${type}:[${inode}]` })

/** As much of a graph as is looked at. */
const graph = {
  containers: [
    { key: 'sandbox:pause', memberships: [membership('net', 1), membership('mnt', 2)] },
    { key: 'container:web', memberships: [membership('net', 1), membership('mnt', 3)] },
    { key: 'container:done', memberships: [] },
  ],
  namespaces: [
    namespace('net', 1, ['sandbox:pause', 'container:web']),
    namespace('mnt', 2, ['sandbox:pause']),
    namespace('mnt', 3, ['container:web']),
    namespace('mnt', 4, []),
    namespace('user', 5, ['container:web']),
    namespace('pid', 6, ['container:web']),
  ],
} as unknown as PodGraph

const NETWORK = { kind: 'network', inode: 1, containers: ['sandbox:pause', 'container:web'] }

test.each<[SceneRef, unknown[]]>([
  [{ kind: 'container', key: 'container:web' }, [NETWORK, { kind: 'files', containers: ['container:web'] }]],
  [{ kind: 'container', key: 'container:done' }, [{ kind: 'files', containers: ['container:done'] }]],
  [{ kind: 'container', key: 'container:gone' }, []],
  [{ kind: 'namespace', key: 'net:[1]' }, [NETWORK]],
  [{ kind: 'namespace', key: 'mnt:[3]' }, [{ kind: 'files', containers: ['container:web'] }]],
  [{ kind: 'namespace', key: 'mnt:[4]' }, []],
  [{ kind: 'namespace', key: 'user:[5]' }, [{ kind: 'users', inode: 5, containers: ['container:web'] }]],
  [{ kind: 'namespace', key: 'pid:[6]' }, []],
  [{ kind: 'link', container: 'container:web', namespace: 'net:[1]' }, [NETWORK]],
  [
    { kind: 'link', container: 'container:web', namespace: 'mnt:[3]' },
    [{ kind: 'files', containers: ['container:web'] }],
  ],
])('of %j', (selection, topics) => {
  expect(topicsOf(graph, selection)).toEqual(topics)
})
