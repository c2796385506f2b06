import { describe, expect, it } from 'vitest'
import type { GraphContainer, PodGraph } from '../graph/graph-types.ts'
import type { PodProcess } from '../model/observation.ts'
import { crowd, SKETCH_NAMES, sketchOf } from '../test/graph-sketches.ts'
import { freshKeys } from './change.ts'
import { changeTexts } from './change-texts.ts'
import { changeWords } from './change-words.ts'
import { changeWordsKo } from './change-words-ko.ts'
import { describeChanges } from './describe-changes.ts'

/** Processes of a container: PID and start, the first one first. */
type Lives = readonly (readonly [pid: number, start: number])[]

/** The sketch with processes in its containers: one each, started at tick 100, where no others are given. */
function alive(graph: PodGraph, given: Record<string, Lives> = {}): PodGraph {
  const containers = graph.containers.map((container): GraphContainer => {
    if (container.pid === null) return container
    const lives = given[container.name] ?? [[container.pid, 100]]
    const processes = lives.map(
      ([pid, starttime]) => ({ pid, starttime, state: 'S', comm: `p${pid}`, containerId: '' }) as PodProcess,
    )
    return { ...container, pid: lives[0]?.[0] ?? null, processes }
  })
  return { ...graph, containers }
}

function without(graph: PodGraph, name: string): PodGraph {
  return { ...graph, containers: graph.containers.filter((container) => container.name !== name) }
}

/** The container is there, but has no process. */
function ended(graph: PodGraph, name: string): PodGraph {
  const key = `container:${name}`
  const containers = graph.containers.map((container) =>
    container.name === name ? { ...container, pid: null, processes: [], memberships: [] } : container,
  )
  const namespaces = graph.namespaces
    .map((namespace) => ({ ...namespace, members: namespace.members.filter((member) => member !== key) }))
    .filter(({ members }) => members.length > 0)
  return { ...graph, containers, namespaces }
}

const told = (a: PodGraph, b: PodGraph) => changeTexts(describeChanges(a, b), changeWords)
const seed = alive(sketchOf('seed'))

describe('what changed in a pod', () => {
  it.each(SKETCH_NAMES)('is nothing from %s to itself', (name) => {
    const graph = alive(sketchOf(name))
    expect(describeChanges(graph, graph)).toEqual([])
    expect(told(graph, graph)).toEqual([changeWords.nothing])
  })

  it('a container that was started again: what is new, and what stayed because pause holds it', () => {
    const after = alive(sketchOf('seed'), { 'myweb2-nginx': [[9001, 900]] })
    expect(told(seed, after)).toEqual([
      'myweb2-nginx was started again (PID 761 → 9001): its cgroup, mnt and pid are new; ipc, net and uts stayed, because pause (PID 700) still holds them.',
    ])
    expect([...freshKeys(describeChanges(seed, after))].sort()).toEqual([
      'cgroup:[4026533480]',
      'container:myweb2-nginx',
      'mnt:[4026533478]',
      'pid:[4026533479]',
    ])
  })

  it('where pins hold what stayed, they are named', () => {
    const before = alive(sketchOf('crio'))
    const after = alive(sketchOf('crio'), { 'myweb2-nginx': [[9001, 900]] })
    expect(told(before, after)[0]).toMatch(/ipc, net and uts stayed, because pins still hold them\.$/)
  })

  it('pause died: the sandbox is new, and all that were in it, told together', () => {
    const lives = { pause: [[9000, 900]], 'myweb2-nginx': [[9001, 901]], 'myweb2-netshoot': [[9002, 902]] } as const
    const unpinned = (graph: PodGraph): PodGraph => ({
      ...graph,
      namespaces: graph.namespaces.map((one) =>
        one.holder?.kind === 'pause' ? { ...one, holder: { ...one.holder, pins: [] } } : one,
      ),
    })
    expect(told(unpinned(seed), unpinned(alive(sketchOf('seed'), lives)))).toEqual([
      'pause was started again (PID 700 → 9000): its ipc, mnt, net, pid and uts are new.',
      'myweb2-nginx (PID 761 → 9001) and myweb2-netshoot (PID 822 → 9002) were started again: their cgroup, ipc, mnt, net, pid and uts are new.',
    ])
  })

  it('a container that ended leaves what pause holds, and runs in it again', () => {
    const between = ended(seed, 'myweb2-nginx')
    expect(told(seed, between)).toEqual([
      'myweb2-nginx has ended (PID 761): its cgroup, mnt and pid are gone; ipc, net and uts stayed, because pause (PID 700) still holds them.',
    ])
    expect(told(between, alive(sketchOf('seed'), { 'myweb2-nginx': [[9001, 900]] }))).toEqual([
      'myweb2-nginx runs now (PID 9001): its cgroup, mnt and pid are new; it joined ipc, net and uts, which pause (PID 700) holds.',
    ])
  })

  it('an ephemeral container came, and into whose namespaces', () => {
    const after = alive(sketchOf('ephemeral'))
    const before = { ...ended(after, 'debugger'), containers: without(after, 'debugger').containers }
    expect(told(before, after)).toEqual([
      'debugger came (PID 822): its cgroup and mnt are new; it joined ipc, net and uts, which pause (PID 700) holds; it joined pid, which myweb2-nginx (PID 761) holds.',
    ])
    expect(told(after, { ...before, namespaces: before.namespaces.map(alone) })).toEqual([
      'debugger is gone (PID 822): its cgroup and mnt are gone; ipc, net and uts stayed, because pause (PID 700) still holds them; pid stayed, because myweb2-nginx (PID 761) still holds it.',
      'pid:[4026533479] is shared no more: only myweb2-nginx is in it.',
    ])
  })

  it('a namespace that a process made inside, and its end', () => {
    const after = alive(sketchOf('ephemeral'))
    const before = { ...after, namespaces: after.namespaces.filter(({ nested }) => !nested), findings: [] }
    const [made, finding] = describeChanges(before, after)
    expect(made).toMatchObject({ kind: 'made', container: 'myweb2-nginx', fresh: ['net:[4026533600]'] })
    expect(finding).toMatchObject({ kind: 'found' })
    expect(told(after, before)[0]).toBe('In myweb2-nginx nobody is in net:[4026533600] any more.')
    expect(told(after, before)[1]).toMatch(/^No longer so: In container myweb2-nginx/)
  })

  it('processes that came into a container, as exec makes them', () => {
    const lives: Lives = [
      [761, 100],
      [9001, 900],
      [9002, 901],
    ]
    const after = alive(sketchOf('seed'), { 'myweb2-nginx': lives })
    expect(told(seed, after)).toEqual([
      'myweb2-nginx has 3 processes now, 1 before: p9001 (PID 9001) and p9002 (PID 9002) came.',
    ])
    expect(told(after, seed)[0]).toMatch(/has 1 process now, 3 before: p9001 .* went\.$/)
  })

  it('a PID of before with another start is another process', () => {
    const first = [761, 100] as const
    const [a, b] = [100, 900].map((start) => alive(sketchOf('seed'), { 'myweb2-nginx': [first, [9001, start + 1]] }))
    expect(told(a as PodGraph, b as PodGraph)).toEqual([
      'myweb2-nginx has 2 processes now, 2 before: p9001 (PID 9001) came; p9001 (PID 9001) went.',
    ])
  })

  it('another pod of the same name is not the pod that was started again', () => {
    const { observation } = seed
    const later = { ...seed, observation: { ...observation, pod: { ...observation.pod, uid: 'another' } } }
    expect(told(seed, later)).toEqual([changeWords.anotherPod])
    const fresh = freshKeys(describeChanges(seed, later))
    expect(fresh).toContain('net:[4026533353]')
    expect([...fresh].some((key) => key.startsWith('time:'))).toBe(false)
  })

  it('of two pods there is nothing to tell', () => {
    const { observation } = seed
    const other = { ...observation, pod: { ...observation.pod, uid: 'another', name: 'other' } }
    expect(describeChanges(seed, { ...seed, observation: other })).toEqual([])
  })

  it('without a scan at one of the two moments nothing is claimed', () => {
    expect(told(seed, alive(sketchOf('unscanned')))).toEqual([changeWords.unread])
  })

  it('after a boot of the node nothing lives on', () => {
    const { observation } = seed
    const later = { ...seed, observation: { ...observation, node: { ...observation.node, bootId: 'another' } } }
    expect(told(seed, later)[0]).toBe(changeWords.nodeRestarted)
  })

  it('thirty containers are not thirty sentences', () => {
    const lives = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`worker-${index}`, [[9000 + index, 900]] as Lives]),
    )
    const texts = told(alive(crowd(30)), alive(crowd(30), lives))
    expect(texts).toHaveLength(1)
    expect(texts[0]).toMatch(/^worker-0 \(PID 761 → 9000\), worker-1 \(.*\), worker-2 \(.*\) and 27 more were/)
  })

  it('a container of which the API server names the next instance too early is the same as long as its process is', () => {
    const containers = seed.containers.map((one) => (one.kind === 'app' ? { ...one, containerId: 'next' } : one))
    expect(describeChanges(seed, { ...seed, containers })).toEqual([])
  })

  it('findings are the same whatever the PIDs in them', () => {
    const finding = (pid: number) => ({
      code: 'x',
      severity: 'note' as const,
      about: ['container:a'],
      text: `PID ${pid}`,
    })
    const [a, b] = [1, 2].map((pid) => ({ ...seed, findings: [finding(pid)] }))
    expect(describeChanges(a as PodGraph, b as PodGraph)).toEqual([])
    expect(told(a as PodGraph, seed)).toEqual(['No longer so: PID 1'])
  })

  it('is told in Korean with the same names and numbers', () => {
    const lives = { pause: [[9000, 900]], 'myweb2-nginx': [[9001, 901]] } as const
    const changes = describeChanges(seed, alive(sketchOf('seed'), lives))
    const [english, korean] = [changeWords, changeWordsKo].map((words) => changeTexts(changes, words).join(' '))
    for (const part of english?.match(/\d+|myweb2-\w+|\b(?:cgroup|ipc|mnt|net|pid|uts)\b/g) ?? []) {
      expect(korean).toContain(part)
    }
    expect(korean).toMatch(/다시 시작됨 \(PID 700 → 9000\)/)
  })
})

/** As `buildGraph` has it when one container is left in what two shared. */
function alone<Namespace extends PodGraph['namespaces'][number]>(namespace: Namespace): Namespace {
  return namespace.id.type === 'pid' && namespace.members.length === 1 ? { ...namespace, scope: 'own' } : namespace
}
