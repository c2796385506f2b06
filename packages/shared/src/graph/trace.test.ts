import { expect, test } from 'vitest'
import { sketchOf } from '../test/graph-sketches.ts'
import { linkKey, traceOf } from './trace.ts'

const graph = sketchOf('ephemeral')
const sizes = ({ containers, namespaces, links }: ReturnType<typeof traceOf>) => [
  containers.size,
  namespaces.size,
  links.size,
]

test('a container brings out its namespaces, those made inside included', () => {
  const trace = traceOf(graph, { kind: 'container', key: 'container:myweb2-nginx' })
  expect([...trace.containers]).toEqual(['container:myweb2-nginx'])
  expect(trace.namespaces.size).toBe(9)
  expect(trace.namespaces).toContain('net:[4026533600]')
  expect(trace.links).toContain(linkKey('container:myweb2-nginx', 'net:[4026533353]'))
})

test('a namespace brings out its members', () => {
  const trace = traceOf(graph, { kind: 'namespace', key: 'pid:[4026533479]' })
  expect([...trace.containers].sort()).toEqual(['container:debugger', 'container:myweb2-nginx'])
  expect(sizes(trace)).toEqual([2, 1, 2])
})

test('a link brings out its two ends', () => {
  const ref = { kind: 'link', container: 'container:debugger', namespace: 'uts:[4026533475]' } as const
  expect(sizes(traceOf(graph, ref))).toEqual([1, 1, 1])
})

test('a container without a process stands alone, and a key nobody has brings out nothing', () => {
  expect(sizes(traceOf(sketchOf('dead'), { kind: 'container', key: 'container:crasher' }))).toEqual([1, 0, 0])
  expect(sizes(traceOf(graph, { kind: 'container', key: 'container:gone' }))).toEqual([0, 0, 0])
  expect(sizes(traceOf(graph, { kind: 'namespace', key: 'net:[1]' }))).toEqual([0, 0, 0])
})
