import { expect, test } from 'vitest'
import { selectNodes } from './select-nodes.ts'

const node = (name: string, runtime: string | null) => ({ name, runtime, ready: true, pods: 1 })
const NODES = [node('node1', 'containerd 2.1.9'), node('node2', 'cri-o 1.37'), node('other', null)]

test.each([
  ['', 9, ['node1', 'node2', 'other'], 3],
  ['NODE', 1, ['node1'], 2],
  ['node cri', 9, ['node2'], 1],
  ['nothing', 9, [], 0],
])('%j up to %i', (search, limit, names, found) => {
  const list = selectNodes(NODES, { search, limit })
  expect([list.nodes.map(({ name }) => name), list.found, list.all]).toEqual([names, found, 3])
})
