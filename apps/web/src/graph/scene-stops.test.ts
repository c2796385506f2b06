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
    {
      kind: 'group',
      ref: { kind: 'link', container: 'a', namespace: 'net:[1]' },
      label: 'link',
      children: [{ kind: 'path', d: 'M240 120H660', stroke: '#000000', strokeWidth: 2 }],
    },
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
    ['namespace pid:[1]', 'ArrowRight', 'namespace net:[1]'],
    ['namespace net:[1]', 'ArrowLeft', 'container a'],
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
        const all: Stop[] = places.map(({ left, top }, index) => {
          return { id: String(index), left, top, bottom: top + 40, within: null, linked: [] }
        })
        for (const { id } of all) expect(reachable(all, id).size).toBe(all.length)
      }),
    )
  })
})

describe('in a picture of any pod', () => {
  const line = (container: string, namespace: string): SceneNode => ({
    kind: 'group',
    ref: { kind: 'link', container, namespace },
    label: 'link',
    children: [{ kind: 'path', d: 'M0 0H1', stroke: '#000000', strokeWidth: 2 }],
  })
  /** For each container how many namespaces are its own, and in which of the panels' it is. */
  const pods = fc.record({
    containers: fc.array(fc.record({ own: fc.nat(3), shared: fc.subarray([0, 1, 2]), nodes: fc.subarray([0, 1]) }), {
      minLength: 1,
      maxLength: 6,
    }),
    panels: fc.record({ shared: fc.nat(3), nodes: fc.nat(2) }),
  })
  const stopsOf = ({ containers, panels }: typeof pods extends fc.Arbitrary<infer T> ? T : never) => {
    const panel = (kind: 'shared' | 'nodes', x: number) =>
      Array.from({ length: panels[kind] }, (_, index) => box(namespace(`${kind}${index}`), x, 100 + index * 70))
    const cards = containers.map(({ own }, at) => {
      const inner = Array.from({ length: own }, (_, index) =>
        box(namespace(`own${at}.${index}`), 250, 105 + at * 200 + index * 50),
      )
      return box(container(`c${at}`), 40, 100 + at * 200, ...inner)
    })
    const lines = containers.flatMap((one, at) =>
      (['shared', 'nodes'] as const).flatMap((kind) =>
        one[kind].filter((index) => index < panels[kind]).map((index) => line(`c${at}`, `${kind}${index}`)),
      ),
    )
    return sceneStops({ ...SCENE, children: [...lines, ...cards, ...panel('shared', 660), ...panel('nodes', 980)] })
  }

  it('every stop is reached from every other, whatever is linked', () => {
    fc.assert(
      fc.property(pods, (pod) => {
        const all = stopsOf(pod)
        for (const { id } of all) expect(reachable(all, id).size).toBe(all.length)
      }),
    )
  })

  it('left leads from a namespace to a container in it, right to what a container is in', () => {
    fc.assert(
      fc.property(pods, (pod) => {
        const all = stopsOf(pod)
        for (const { id, within, linked } of all) {
          const left = moveFocus(all, id, 'ArrowLeft') as string
          if (within !== null) expect(left).toBe(within)
          else if (id.startsWith('namespace') && linked.length > 0) expect(linked).toContain(left)
          const right = moveFocus(all, id, 'ArrowRight') as string
          if (linked.some((end) => end.startsWith('namespace shared')) && !all.some((stop) => stop.within === id))
            expect(linked).toContain(right)
        }
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
