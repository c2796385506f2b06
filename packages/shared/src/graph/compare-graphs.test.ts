import { describe, expect, test } from 'vitest'
import type { PodProcess } from '../model/observation.ts'
import { sketchOf } from '../test/graph-sketches.ts'
import { compareGraphs, type GraphComparison } from './compare-graphs.ts'
import type { PodGraph } from './graph-types.ts'

/** The sketch with a first process in each container, started at the given tick where one is given. */
function alive(graph: PodGraph, starts: Record<string, number> = {}): PodGraph {
  const containers = graph.containers.map((container) => {
    const { pid, name, containerId } = container
    if (pid === null) return container
    const process = { pid, starttime: starts[name] ?? 100, containerId } as PodProcess
    return { ...container, processes: [process] }
  })
  return { ...graph, containers }
}

const seed = alive(sketchOf('seed'))
const of = ({ containers }: GraphComparison, name: string) => {
  const found = containers.find((container) => container.name === name)
  if (!found) throw new Error(`no ${name}`)
  const changed = found.types.filter(({ stayed }) => !stayed).map(({ type }) => type)
  return { change: found.change, changed }
}

describe('one pod at two times', () => {
  test('nothing changed', () => {
    const comparison = compareGraphs(seed, alive(sketchOf('seed')))
    expect(comparison.samePod).toBe(true)
    expect(comparison.containers.map(({ change }) => change)).toEqual(['same', 'same', 'same'])
    expect([...comparison.changedA, ...comparison.changedB]).toEqual([])
  })

  test('a container that was started again has new namespaces of its own, though the kernel gave it the old inodes', () => {
    const comparison = compareGraphs(seed, alive(sketchOf('seed'), { 'myweb2-nginx': 900 }))
    expect(of(comparison, 'myweb2-nginx')).toEqual({ change: 'restarted', changed: ['cgroup', 'mnt', 'pid'] })
    expect(of(comparison, 'myweb2-netshoot')).toEqual({ change: 'same', changed: [] })
    expect(of(comparison, 'pause')).toEqual({ change: 'same', changed: [] })
    expect([...comparison.changedB].sort()).toEqual([
      'cgroup:[4026533480]',
      'container:myweb2-nginx',
      'mnt:[4026533478]',
      'pid:[4026533479]',
    ])
  })

  test('another pause process: what it held is new, but for what a pin kept', () => {
    const after = alive(sketchOf('seed'), { pause: 900, 'myweb2-nginx': 910, 'myweb2-netshoot': 920 })
    const comparison = compareGraphs(seed, after)
    expect(of(comparison, 'pause')).toEqual({ change: 'restarted', changed: ['ipc', 'mnt', 'pid', 'uts'] })
    expect(of(comparison, 'myweb2-nginx').changed).toEqual(['cgroup', 'ipc', 'mnt', 'pid', 'uts'])
  })

  test('after the node was started again nothing lives on, not even what has the same inode', () => {
    const { observation } = seed
    const later = { ...seed, observation: { ...observation, node: { ...observation.node, bootId: 'another' } } }
    expect(
      compareGraphs(seed, later).containers.every(({ types }) =>
        types.every(({ stayed, b }) => stayed === (b === null)),
      ),
    ).toBe(true)
  })

  test('a container that came, and what it took part in', () => {
    const before = alive(sketchOf('ephemeral'))
    const without = { ...before, containers: before.containers.filter(({ name }) => name !== 'debugger') }
    expect(of(compareGraphs(without, before), 'debugger').change).toBe('came')
    const gone = compareGraphs(before, without)
    expect(of(gone, 'debugger').change).toBe('gone')
    // What it shared lives on without it.
    expect([...gone.changedA].sort()).toEqual(['cgroup:[4026533492]', 'container:debugger', 'mnt:[4026533491]'])
    expect(of(compareGraphs(without, before), 'myweb2-nginx').change).toBe('same')
  })

  test('swapped graphs change the sides and nothing else', () => {
    const after = alive(sketchOf('seed'), { 'myweb2-nginx': 900 })
    const [there, back] = [compareGraphs(seed, after), compareGraphs(after, seed)]
    expect(back.changedA).toEqual(there.changedB)
    expect(back.changedB).toEqual(there.changedA)
  })
})

describe('two pods', () => {
  const other = (graph: PodGraph): PodGraph => {
    const { observation } = graph
    return { ...graph, observation: { ...observation, pod: { ...observation.pod, uid: 'another' } } }
  }

  test('are compared by whose namespaces their containers are in', () => {
    const shared = alive(sketchOf('ephemeral'))
    const comparison = compareGraphs(seed, other(shared))
    expect(comparison.samePod).toBe(false)
    expect(comparison.containers).toEqual([])
    expect(comparison.places.filter(({ equal }) => !equal)).toEqual([
      { type: 'pid', a: ['own'], b: ['pod'], equal: false },
    ])
    expect([...comparison.changedB]).toEqual(['pid:[4026533479]'])
  })

  test('that are alike differ in nothing', () => {
    const { places, changedA, changedB } = compareGraphs(seed, other(seed))
    expect(places.every(({ equal }) => equal)).toBe(true)
    expect([changedA.size, changedB.size]).toEqual([0, 0])
  })
})
