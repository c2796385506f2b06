import { describe, expect, test } from 'vitest'
import { linkKey, traceOf } from '../graph/trace.ts'
import { NODE_NAMESPACES } from '../test/domain-builders.ts'
import { sketchGraph } from '../test/graph-builder.ts'
import { crowd, SKETCH_NAMES, sketchOf } from '../test/graph-sketches.ts'
import { groupsOf } from '../test/scene-faults.ts'
import { buildScene } from './build-scene.ts'
import type { Scene, SceneNode } from './scene.ts'

const draw = (graph: Parameters<typeof buildScene>[0]) => buildScene(graph, { drawing: 'nested' })

/** All texts below a node, in painting order. */
function textsOf(node: SceneNode): string[] {
  if (node.kind === 'group') return node.children.flatMap(textsOf)
  return node.kind === 'text' ? [node.text] : []
}

/** What the mark of a link says; undefined when there is none. */
function markOf(scene: Scene, container: string, namespace: string): string | undefined {
  const group = groupsOf(scene).find(
    ({ ref }) => ref?.kind === 'link' && ref.container === container && ref.namespace === namespace,
  )
  return group && textsOf(group).join(' ')
}

test.each(SKETCH_NAMES)('%s: each membership stands in its container’s box, once', (name) => {
  const graph = sketchOf(name)
  const scene = draw(graph)
  for (const { key } of graph.containers) {
    const card = groupsOf(scene).find(({ ref }) => ref?.kind === 'container' && ref.key === key)
    const inside = groupsOf({ children: card?.children ?? [] })
    const told = inside.flatMap(({ ref }) =>
      ref?.kind === 'namespace' ? [ref.key] : ref?.kind === 'link' && ref.container === key ? [ref.namespace] : [],
    )
    const traced = traceOf(graph, { kind: 'container', key })
    expect(told.sort()).toEqual([...traced.namespaces].sort())
  }
})

describe('what does not take part is not taken for what does', () => {
  test('an ephemeral container joins the pid of its target, and nothing else of it', () => {
    const scene = draw(sketchOf('ephemeral'))
    const pid = 'pid:[4026533479]'
    expect(markOf(scene, 'container:myweb2-nginx', pid)).toBe('pid')
    expect(markOf(scene, 'container:debugger', pid)).toBe('pid')
    expect(markOf(scene, 'sandbox:pause', pid)).toBeUndefined()
  })

  test('a container on the node’s network has no mark of the pod’s', () => {
    const shared = { ...NODE_NAMESPACES, net: 11, ipc: 12 }
    const graph = sketchGraph({
      containers: [
        { name: 'pause', kind: 'sandbox', ns: shared },
        { name: 'inside', ns: { ...shared, mnt: 20 } },
        { name: 'outside', ns: { ...shared, mnt: 21, net: NODE_NAMESPACES.net } },
      ],
    })
    const scene = draw(graph)
    expect(markOf(scene, 'container:inside', 'net:[11]')).toBe('net')
    expect(markOf(scene, 'container:outside', 'net:[11]')).toBeUndefined()
    expect(markOf(scene, 'container:outside', `net:[${NODE_NAMESPACES.net}]`)).toBe('net')
  })

  test('two of one type in the pod have letters, on the namespace and on each mark', () => {
    const ns = (pid: number, mnt: number) => ({ ...NODE_NAMESPACES, pid, mnt })
    const graph = sketchGraph({
      containers: [
        { name: 'a', ns: ns(31, 1) },
        { name: 'b', ns: ns(31, 2) },
        { name: 'c', ns: ns(32, 3) },
        { name: 'd', ns: ns(32, 4) },
      ],
    })
    const scene = draw(graph)
    const marks = ['a', 'b', 'c', 'd'].map((name, at) =>
      markOf(scene, `container:${name}`, `pid:[${at < 2 ? 31 : 32}]`),
    )
    expect(marks).toEqual(['pid A', 'pid A', 'pid B', 'pid B'])
    const pills = groupsOf(scene).filter(({ ref }) => ref?.kind === 'namespace' && ref.key.startsWith('pid:'))
    expect(pills.map((pill) => textsOf(pill).slice(0, 3).join(' '))).toEqual(['pid A 31', 'pid B 32'])
  })
})

test('findings are marked at the container, at the namespace and at the link between', () => {
  const scene = draw(sketchOf('beyond'))
  const groups = groupsOf(scene)
  const of = (wanted: string) => groups.find(({ label }) => label?.startsWith(wanted))
  expect(textsOf(of('container myweb2-nginx') as SceneNode)).toContain('1')
  expect(textsOf(of('net:[4026539999]') as SceneNode)).toContain('1')
  const mark = groups.find(
    ({ ref }) =>
      ref?.kind === 'link' && linkKey(ref.container, ref.namespace) === 'container:myweb2-nginx net:[4026539999]',
  )
  expect(mark?.children.filter(({ kind }) => kind === 'rect')).toHaveLength(2)
})

test('thirty containers stand in rows of boxes that are as high as each other', () => {
  const cards = groupsOf(draw(crowd(30))).filter(({ ref }) => ref?.kind === 'container')
  const boxes = cards.map(({ children }) => children[0]).filter((node) => node?.kind === 'rect')
  const rows = new Map<number, Set<number>>()
  for (const { y, height } of boxes) rows.set(y, (rows.get(y) ?? new Set()).add(height))
  expect(boxes).toHaveLength(31)
  expect(rows.size).toBe(8)
  for (const heights of rows.values()) expect(heights.size).toBe(1)
})
