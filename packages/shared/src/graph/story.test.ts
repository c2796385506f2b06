import { describe, expect, test } from 'vitest'
import { sketchOf } from '../test/graph-sketches.ts'
import { STORY_STEPS, storyScene } from './story.ts'

const graph = sketchOf('ephemeral')
const told = (...args: Parameters<typeof storyScene> extends [unknown, ...infer Rest] ? Rest : never) =>
  storyScene(graph, ...args)

describe('the story of a pod', () => {
  test('begins with everything', () => {
    const scene = told('whole', null)
    expect(scene.trace).toBeNull()
    expect(scene.namespaces).toBe(graph.namespaces.length)
  })

  test('the sandbox is told with what pause holds for the pod, and no other container', () => {
    const scene = told('sandbox', null)
    expect(scene.types).toEqual(['ipc', 'net', 'uts'])
    expect([...(scene.trace?.containers ?? [])].every((key) => key.startsWith('sandbox:'))).toBe(true)
    expect(scene.pause).toBe(graph.containers.find(({ kind }) => kind === 'sandbox')?.pid)
  })

  test('each namespace is told in exactly one of shared, own and node', () => {
    const steps = ['shared', 'own', 'node'] as const
    const all = steps.flatMap((step) => [...(told(step, null).trace?.namespaces ?? [])])
    expect(all.sort()).toEqual(graph.namespaces.map(({ key }) => key).sort())
  })

  test('a spotlight narrows each step to a container or a type', () => {
    const container = 'container:myweb2-nginx'
    for (const step of STORY_STEPS) {
      const one = told(step, { kind: 'container', key: container })
      expect([...(one.trace?.containers ?? [])]).toEqual(step === 'sandbox' ? [] : [container])
      const uts = told(step, { kind: 'type', type: 'uts' })
      expect(uts.types).toEqual(step === 'own' || step === 'node' ? [] : ['uts'])
    }
  })

  test('a spotlight on what is not there brings out nothing', () => {
    const { trace, namespaces, types } = told('whole', { kind: 'container', key: 'container:gone' })
    expect([trace?.containers.size, trace?.namespaces.size, namespaces, types]).toEqual([0, 0, 0, []])
  })
})
