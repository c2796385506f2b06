import { expect, it } from 'vitest'
import { searchNodes } from './search-nodes.ts'

const node = (name: string, runtime: string | null) => ({ name, runtime, ready: null, pods: 0 })
const NODES = [node('node1', 'containerd 2.1.9'), node('node2', 'cri-o 1.36.0'), node('Big', null)]

it.each([
  ['', ['node1', 'node2', 'Big']],
  ['  ', ['node1', 'node2', 'Big']],
  ['NODE', ['node1', 'node2']],
  ['big', ['Big']],
  ['cri-o', ['node2']],
  ['node cri-o', ['node2']],
  ['null', []],
])('“%s” finds %j', (search, names) => {
  expect(searchNodes(NODES, search).map(({ name }) => name)).toEqual(names)
})
