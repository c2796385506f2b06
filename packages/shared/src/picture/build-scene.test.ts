import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PodGraph } from '../graph/graph-types.ts'
import { linkKey } from '../graph/trace.ts'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import { NODE_NAMESPACES } from '../test/domain-builders.ts'
import { type ContainerSketch, type GraphSketch, sketchGraph } from '../test/graph-builder.ts'
import { crowd, SKETCH_NAMES, sketchOf, withVolumes } from '../test/graph-sketches.ts'
import { faultsOf, groupsOf } from '../test/scene-faults.ts'
import { buildScene } from './build-scene.ts'
import { paintSvg } from './paint-svg.ts'
import { DRAWINGS, type Drawing } from './picture-options.ts'
import type { Scene, SceneGroup, SceneNode } from './scene.ts'
import { pictureWords } from './words/en.ts'

const scene = (graph: PodGraph, width?: number, drawing: Drawing = 'columns') =>
  buildScene(graph, { drawing, ...(width === undefined ? {} : { width }) })

describe.each(DRAWINGS)('%s', (drawing) => {
  test.each(SKETCH_NAMES)('%s: nothing overlaps, is cut or stands outside', (name) => {
    for (const width of [900, 1024, 1240, 1400]) expect(faultsOf(scene(sketchOf(name), width, drawing))).toEqual([])
  })

  test.each([1, 6, 7, 30, 60])('%i containers are drawn without fault', (count) => {
    expect(faultsOf(scene(crowd(count), 1240, drawing))).toEqual([])
    expect(faultsOf(scene(crowd(count), 900, drawing))).toEqual([])
  })
})

test.each(DRAWINGS)('%s: what is new has its sign, is told so, and moves nothing', (drawing) => {
  for (const graph of [...SKETCH_NAMES.map(sketchOf), crowd(30)]) {
    const fresh = new Set([...graph.containers, ...graph.namespaces].map(({ key }) => key))
    for (const width of [900, 1240]) {
      const [marked, plain] = [fresh, new Set<string>()].map((keys) =>
        buildScene(graph, { drawing, width, legend: false }, undefined, keys),
      ) as [Scene, Scene]
      expect(faultsOf(marked)).toEqual([])
      expect([marked.width, marked.height]).toEqual([plain.width, plain.height])
      const told = groupsOf(marked).filter(({ ref, label }) => ref?.kind === 'namespace' && /, new$/.test(label ?? ''))
      expect(told).toHaveLength(groupsOf(plain).filter(({ ref }) => ref?.kind === 'namespace').length)
    }
  }
})

test('the legend speaks of the sign where there is one', () => {
  const graph = sketchOf('seed')
  const key = graph.namespaces[0]?.key as string
  const legendOf = (keys: string[]) => JSON.stringify(buildScene(graph, {}, undefined, new Set(keys)).children)
  expect(legendOf([key])).toContain(pictureWords.legend.fresh)
  expect(legendOf([])).not.toContain(pictureWords.legend.fresh)
})

describe('the layer of files', () => {
  const withFiles = (graph: PodGraph, width: number, drawing: Drawing) =>
    buildScene(graph, { drawing, width, files: true })

  test.each(DRAWINGS)('%s: nothing overlaps, is cut or stands outside', (drawing) => {
    for (const width of [900, 1024, 1240, 1400]) {
      for (const name of SKETCH_NAMES) {
        expect(faultsOf(withFiles(withVolumes(sketchOf(name)), width, drawing))).toEqual([])
        expect(faultsOf(withFiles(sketchOf(name), width, drawing))).toEqual([])
      }
    }
    expect(faultsOf(withFiles(withVolumes(crowd(30)), 1240, drawing))).toEqual([])
  })

  test('is there only where it is wished for, and leaves the namespaces as they are', () => {
    const graph = withVolumes(sketchOf('seed'))
    const [without, drawn] = [buildScene(graph), buildScene(graph, { files: true })]
    expect(JSON.stringify(without)).not.toContain('kube-api-access')
    expect(groupsOf(drawn).map(({ label }) => label)).toEqual(groupsOf(without).map(({ label }) => label))
    expect(drawn.description).toContain('emptyDir work: myweb2-nginx, myweb2-netshoot.')
    expect(JSON.stringify(drawn.children)).toContain('In one alone: settings')
  })

  test('says so where no volume is shared', () => {
    expect(buildScene(sketchOf('seed'), { files: true }).description).toContain('None is in two containers')
  })
})

test('badges of many findings stay in narrow cards', () => {
  const ns = (index: number) => ({ ...NODE_NAMESPACES, net: 11, ipc: 12, uts: 4026539998, cgroup: 4026534000 + index })
  const containers = Array.from({ length: 8 }, (_, index) => ({ name: `worker-${index}`, ns: ns(index) }))
  const graph = sketchGraph({ containers, foreign: [4026539998] })
  const about = graph.namespaces.map(({ key }) => key)
  const finding = { code: 'x', severity: 'note' as const, about, text: 'Something.' }
  for (const count of [1, 2, 3, 30]) {
    const marked = { ...graph, findings: Array.from({ length: count }, () => finding) }
    for (const width of [900, 1240]) expect(faultsOf(scene(marked, width))).toEqual([])
  }
})

test('badges of what was made inside stay away from the links’ names in narrow cards', () => {
  const ns = (half: number) => Object.fromEntries(NAMESPACE_TYPES.map((type, index) => [type, 10 * (index + 1) + half]))
  const containers = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => ({ name, ns: ns(index % 2) }))
  for (const first of [4026534000, Number.MAX_SAFE_INTEGER - 99]) {
    // The more was made inside, the further up stand the names of the links beside it.
    const nested = containers.flatMap(({ name }, index) =>
      Array.from({ length: index + 2 }, (_, nth) => ({
        type: 'cgroup' as const,
        inode: first + index * 10 + nth,
        container: name,
        by: 'sh',
      })),
    )
    const graph = sketchGraph({ containers, nested })
    const about = graph.namespaces.filter((namespace) => namespace.nested).map(({ key }) => key)
    const finding = { code: 'x', severity: 'note' as const, about, text: 'Something.' }
    for (const count of [0, 1, 2, 30]) {
      const marked = { ...graph, findings: Array.from({ length: count }, () => finding) }
      for (const drawing of DRAWINGS) expect(faultsOf(scene(marked, 900, drawing))).toEqual([])
    }
  }
})

test('names keep their room beside what could not be read in narrow cards', () => {
  const ns = (half: number) => ({
    net: 11 + half,
    ipc: 21 + half,
    pid: 31 + half,
    uts: 41 + half,
    user: NODE_NAMESPACES.user,
  })
  const containers = Array.from({ length: 6 }, (_, index) => ({ name: `worker-${index}`, ns: ns(index % 2) }))
  const graph = sketchGraph({ containers, foreign: [21, 22, 41, 42] })
  for (const width of [900, 1024, 1240]) {
    const drawn = scene(graph, width)
    expect(faultsOf(drawn)).toEqual([])
    for (const { name } of containers) expect(JSON.stringify(drawn.children)).toContain(`"text":"${name}"`)
  }
})

test('faults are seen', () => {
  const good = scene(sketchOf('seed'))
  const spoil = (change: (node: SceneNode) => SceneNode): Scene => ({ ...good, children: good.children.map(change) })
  const isCard = (node: SceneNode): node is SceneGroup => node.kind === 'group' && node.ref?.kind === 'container'
  const moved = spoil((node) => (isCard(node) ? { ...node, children: node.children.map(down) } : node))
  expect(faultsOf(moved)).not.toEqual([])
  expect(faultsOf({ ...good, height: 300 })).not.toEqual([])
  const longer = spoil((node) => (node.kind === 'text' ? { ...node, text: node.text.repeat(20) } : node))
  expect(faultsOf(longer)).not.toEqual([])
})

function down(node: SceneNode): SceneNode {
  return node.kind === 'rect' ? { ...node, y: node.y + 60 } : node
}

describe('what can be pointed at', () => {
  const groups = groupsOf(scene(sketchOf('seed')))
  const labels = groups.map(({ label }) => label)

  test('containers, namespaces and links, each with a name', () => {
    const kinds = groups.map(({ ref }) => ref?.kind)
    const count = (kind: string) => kinds.filter((each) => each === kind).length
    // 3 containers; 3 shared, 3 of the node, 8 of their own; 3 links each to net, uts, ipc, user, time, 1 to cgroup.
    expect([count('container'), count('namespace'), count('link')]).toEqual([3, 14, 16])
    expect(labels.every((label) => label)).toBe(true)
  })

  test('are told in words', () => {
    expect(labels).toContain('sandbox pause, running, PID 700, in 8 namespaces')
    expect(labels).toContain('container myweb2-nginx, running, PID 761, in 8 namespaces')
    expect(labels).toContain('net:[4026533353], shared by 3 containers of the pod, held by pause, PID 700, 10.244.1.2')
    expect(labels).toContain('mnt:[4026533478], myweb2-nginx’s alone')
    expect(labels).toContain(
      'cgroup:[4026531835], the node’s, with 1 container of the pod in it, also 86 processes, 12 other pods',
    )
    expect(labels).toContain('myweb2-nginx is in net:[4026533353]: because the test says so')
  })

  test('the description tells the whole picture', () => {
    const { description } = scene(sketchOf('seed'))
    expect(description).toContain('net:[4026533353]: pause, myweb2-nginx, myweb2-netshoot, 10.244.1.2.')
    expect(description).toContain('myweb2-nginx (container, running) has for itself: mnt:[4026533478]')
    expect(description).toContain('The node’s: user:[4026531837]: pause, myweb2-nginx, myweb2-netshoot.')
  })
})

const texts = (graph: PodGraph) => JSON.stringify(scene(graph).children)

test('what holds the namespaces is said', () => {
  expect(texts(sketchOf('seed'))).toContain('held by pause, PID 700')
  expect(texts(sketchOf('crio'))).toContain('pinned by CRI-O, no pause')
  expect(texts(sketchOf('ephemeral'))).toContain('held by myweb2-nginx, PID 761')
  expect(texts(sketchOf('ephemeral'))).toContain('made inside by unshare --net sleep infinity, PID 4321')
})

test('containers without a process have no link and say why', () => {
  const graph = sketchOf('dead')
  const dead = graph.containers.filter(({ pid }) => pid === null).map(({ key }) => key)
  const linked = groupsOf(scene(graph)).map(({ ref }) => (ref?.kind === 'link' ? ref.container : ''))
  expect(dead.filter((key) => linked.includes(key))).toEqual([])
  for (const state of [
    'finished, exit code 0',
    'waiting: CrashLoopBackOff',
    'OOMKilled, exit code 137',
    'waiting: ImagePullBackOff',
  ]) {
    expect(texts(graph)).toContain(state)
  }
})

test('without a scan no namespace is drawn, and it is said why', () => {
  const graph = sketchOf('unscanned')
  expect(groupsOf(scene(graph)).every(({ ref }) => ref?.kind === 'container')).toBe(true)
  expect(texts(graph)).toContain('The node was not scanned')
  expect(texts(graph)).toContain('There is no helper on node3')
  expect(texts(graph)).not.toContain('Findings: none')
})

test('what could not be read is said, and nothing is called complete', () => {
  expect(texts(sketchOf('partial'))).toContain('none of its namespaces')
  expect(texts(sketchOf('partial'))).toContain('Findings: none in what could be read.')
  expect(texts(sketchOf('partial'))).toContain('Give the helper SYS_PTRACE.')
})

describe.each(DRAWINGS)('%s: what is said of a thing stands on it', (drawing) => {
  test.each(SKETCH_NAMES)('%s: the number of each finding, where the finding is about', (name) => {
    const graph = sketchOf(name)
    const groups = groupsOf(scene(graph, 1240, drawing))
    for (const [index, { about }] of graph.findings.entries()) {
      for (const key of about) {
        const group = groups.find(({ ref }) => ref && ref.kind !== 'link' && ref.key === key)
        if (group) expect(JSON.stringify(group.children)).toContain(`"text":"${index + 1}"`)
      }
    }
  })

  test('each link says why', () => {
    const links = groupsOf(scene(sketchOf('seed'), 1240, drawing)).filter(({ ref }) => ref?.kind === 'link')
    expect(links).toHaveLength(16)
    for (const { label } of links) expect(label).toMatch(/ is in [a-z]+:\[\d+\]: because the test says so$/)
  })
})

describe('any graph', () => {
  test('property: no fault, one link for each membership that is not the container’s own', () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom(900, 1240), fc.constantFrom(...DRAWINGS), (sketch, width, drawing) => {
        const graph = sketchGraph(sketch)
        const drawn = scene(graph, width, drawing)
        expect(faultsOf(drawn)).toEqual([])
        const links = groupsOf(drawn).flatMap(({ ref }) =>
          ref?.kind === 'link' ? [linkKey(ref.container, ref.namespace)] : [],
        )
        const expected = graph.namespaces
          .filter(({ scope }) => scope !== 'own')
          .flatMap(({ key, members }) => members.map((member) => linkKey(member, key)))
        expect(links.sort()).toEqual(expected.sort())
      }),
      { numRuns: 100 },
    )
  })

  test('property: the same bytes, whatever the order of the namespaces', () => {
    fc.assert(
      fc.property(graphs, (sketch) => {
        const graph = sketchGraph(sketch)
        const turned: PodGraph = {
          ...graph,
          namespaces: graph.namespaces.toReversed(),
          containers: graph.containers.map((each) => ({ ...each, memberships: each.memberships.toReversed() })),
        }
        for (const drawing of DRAWINGS) {
          expect(paintSvg(scene(turned, 1240, drawing))).toBe(paintSvg(scene(graph, 1240, drawing)))
        }
      }),
      { numRuns: 30 },
    )
  })
})

/** Names as the API allows them, and as nobody should. */
const names = fc.oneof(
  fc.string({ maxLength: 70 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 70 }),
  fc.constant('컨테이너-'.repeat(9)),
)

/** Containers that share by chance: of each type they take the node's, one of two of the pod's, or their own. */
const graphs: fc.Arbitrary<GraphSketch> = fc
  .record({
    containers: fc.array(
      fc.record({
        name: names,
        image: fc.option(names),
        dead: fc.boolean(),
        restarts: fc.nat(300),
        takes: fc.array(fc.nat(4), { minLength: NAMESPACE_TYPES.length, maxLength: NAMESPACE_TYPES.length }),
      }),
      { maxLength: 9 },
    ),
    sandbox: fc.boolean(),
    pinned: fc.boolean(),
    foreign: fc.boolean(),
    fact: names,
    finding: names,
  })
  .map(({ containers, sandbox, pinned, foreign, fact, finding }) => {
    const inodes = (takes: readonly number[], index: number) => {
      const ns: Partial<Record<NamespaceType, number>> = {}
      for (const [place, type] of NAMESPACE_TYPES.entries()) {
        const take = takes[place] as number
        const base = 402653290000 + place * 10
        if (take === 0) ns[type] = NODE_NAMESPACES[type]
        else if (take < 3) ns[type] = base + take
        else if (take === 3) ns[type] = base + 1000 + index * 100
      }
      return ns
    }
    const sketches = containers.map((each, index): ContainerSketch => {
      const kind = sandbox && index === 0 ? 'sandbox' : 'app'
      const alive = !each.dead || kind === 'sandbox'
      const ns = inodes(each.takes, index)
      return {
        name: `${index} ${each.name}`,
        kind,
        image: each.image,
        restarts: each.restarts,
        ns,
        ...(alive ? {} : { pid: null }),
      }
    })
    const shared = NAMESPACE_TYPES.map((_, place) => 402653290001 + place * 10)
    const pins: Record<number, string> = {}
    const facts: Record<number, string[]> = {}
    for (const inode of shared) {
      if (pinned) pins[inode] = `/run/netns/${fact}`
      facts[inode] = [fact]
    }
    const about = sketches.map(({ name, kind }) => `${kind === 'sandbox' ? 'sandbox' : 'container'}:${name}`)
    return {
      containers: sketches,
      pins,
      facts,
      foreign: foreign ? shared.map((inode) => inode + 1) : [],
      findings: [
        { code: 'x', severity: 'warning', about: [...about, `net:[${shared[3]}]`], text: finding },
        { code: 'y', severity: 'note', about, text: finding },
      ],
    }
  })
