import type { Scene, SceneNode, SceneRef } from '@pausescope/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveFocus, type Stop, sceneStops } from './scene-stops.ts'

const box = (ref: SceneRef, x: number, y: number, ...inner: SceneNode[]): SceneNode => ({
  kind: 'group',
  ref,
  label: 'label',
  children: [{ kind: 'rect', x, y, width: 200, height: 40, rx: 8 }, ...inner],
})
const container = (key: string) => ({ kind: 'container', key }) as const
const namespace = (key: string) => ({ kind: 'namespace', key }) as const

const SCENE: Scene = {
  width: 1000,
  height: 500,
  background: '#ffffff',
  title: 'title',
  description: 'description',
  children: [
    { kind: 'group', ref: { kind: 'link', container: 'a', namespace: 'net:[1]' }, label: 'link', children: [] },
    box(container('a'), 40, 100, box(namespace('mnt:[1]'), 250, 110), box(namespace('pid:[1]'), 250, 160)),
    {
      kind: 'group',
      ref: null,
      label: null,
      children: [box(container('b'), 40, 300, box(namespace('mnt:[2]'), 250, 310))],
    },
    box(namespace('net:[1]'), 660, 120),
    box(namespace('ipc:[1]'), 660, 280),
    box(namespace('user:[1]'), 980, 290),
  ],
}
const stops = sceneStops(SCENE)

describe('sceneStops', () => {
  it('finds containers and namespaces at any depth, and no links', () => {
    expect(stops.map((stop) => stop.id)).toEqual([
      'container a',
      'namespace mnt:[1]',
      'namespace pid:[1]',
      'container b',
      'namespace mnt:[2]',
      'namespace net:[1]',
      'namespace ipc:[1]',
      'namespace user:[1]',
    ])
  })
})

describe('moveFocus', () => {
  it.each([
    [null, 'ArrowDown', 'container a'],
    ['gone', 'ArrowLeft', 'container a'],
    ['container a', 'ArrowDown', 'container b'],
    ['container b', 'ArrowDown', 'container b'],
    ['container b', 'ArrowUp', 'container a'],
    ['container a', 'ArrowRight', 'namespace mnt:[1]'],
    ['namespace pid:[1]', 'ArrowDown', 'namespace mnt:[2]'],
    ['namespace mnt:[2]', 'ArrowRight', 'namespace ipc:[1]'],
    ['namespace mnt:[1]', 'ArrowRight', 'namespace net:[1]'],
    ['namespace ipc:[1]', 'ArrowRight', 'namespace user:[1]'],
    ['namespace user:[1]', 'ArrowRight', 'namespace user:[1]'],
    ['namespace ipc:[1]', 'ArrowLeft', 'namespace mnt:[2]'],
    ['namespace pid:[1]', 'ArrowLeft', 'container a'],
    ['container a', 'ArrowLeft', 'container a'],
    ['namespace pid:[1]', 'Home', 'namespace mnt:[1]'],
    ['namespace mnt:[1]', 'End', 'namespace mnt:[2]'],
    ['container a', 'Tab', null],
  ])('%s, %s', (from, key, to) => {
    expect(moveFocus(stops, from, key)).toBe(to)
  })

  it('has nowhere to go in an empty picture', () => {
    expect(moveFocus([], null, 'ArrowDown')).toBeNull()
  })

  it('reaches every stop from every other with the arrow keys', () => {
    const stop = fc.record({ left: fc.constantFrom(40, 250, 660, 980), top: fc.nat(2000) })
    const any = fc.uniqueArray(stop, { minLength: 1, maxLength: 20, selector: ({ left, top }) => `${left} ${top}` })
    fc.assert(
      fc.property(any, (places) => {
        const all: Stop[] = places.map(({ left, top }, index) => ({ id: String(index), left, top, bottom: top + 40 }))
        for (const { id } of all) expect(reachable(all, id).size).toBe(all.length)
      }),
    )
  })
})

function reachable(all: readonly Stop[], start: string): Set<string> {
  const seen = new Set([start])
  const queue = [start]
  for (const id of queue) {
    for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
      const next = moveFocus(all, id, key) as string
      if (!seen.has(next)) queue.push(next)
      seen.add(next)
    }
  }
  return seen
}
