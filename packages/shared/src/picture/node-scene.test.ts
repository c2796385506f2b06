import { describe, expect, test } from 'vitest'
import { graphWordsKo } from '../graph/graph-words-ko.ts'
import { buildNodeGraph } from '../graph/node-graph.ts'
import type { NodeGraph } from '../graph/node-graph-types.ts'
import type { Theme } from '../model/theme.ts'
import { groupBy } from '../observe/group-by.ts'
import { observeWholeNode, observeWholeNodeWithoutScan } from '../observe/observe-whole-node.ts'
import { indexScan } from '../observe/scan-index.ts'
import { CONTEXT, container, pod } from '../test/domain-builders.ts'
import { type BuiltNode, buildNode, buildOddNode, observeBuilt } from '../test/node-builder.ts'
import { faultsOf, groupsOf } from '../test/scene-faults.ts'
import { wellFormed } from '../test/well-formed.ts'
import { buildNodeScene } from './node-scene.ts'
import { paintSvg } from './paint-svg.ts'
import type { NodePictureOptions } from './picture-options.ts'
import { NODE_WORDS } from './words/node-words.ts'

const graphOf = (pods: number) => buildNodeGraph(observeBuilt(buildNode(pods)))
const scene = (graph: NodeGraph, width = 1240, theme: Theme = 'light') => buildNodeScene(graph, { theme, width })
const texts = (graph: NodeGraph) => JSON.stringify(scene(graph).children)

describe.each([1, 10, 40, 41, 110, 201, 500])('%i pods', (pods) => {
  const graph = graphOf(pods)

  test.each([480, 700, 900, 1240, 1400])('at %i nothing overlaps, is cut or stands outside', (width) => {
    expect(faultsOf(scene(graph, width))).toEqual([])
  })

  test('each is one tile with its name and where it is', () => {
    const tiles = groupsOf(scene(graph)).filter(({ ref }) => ref?.kind === 'pod')
    expect(tiles.map(({ ref }) => (ref?.kind === 'pod' ? ref.key : '')).sort()).toEqual(
      graph.pods.map(({ key }) => key),
    )
    expect(tiles.every(({ label }) => label?.includes('the node’s'))).toBe(true)
  })
})

describe.each([4, 60, 250])('%i pods and what is rare beside them', (pods) => {
  const graph = buildNodeGraph(observeBuilt(buildOddNode(pods)))

  test.each([480, 700, 900, 1240])('at %i nothing overlaps, is cut or stands outside', (width) => {
    expect(faultsOf(scene(graph, width))).toEqual([])
  })

  test('a kernel of its own, what was made inside, and what the API server does not name, are told', () => {
    const labels = groupsOf(scene(graph)).flatMap(({ ref, label }) => (ref?.kind === 'pod' ? [label ?? ''] : []))
    expect(labels).toHaveLength(pods + 5)
    expect(labels.filter((label) => label.includes('behind gVisor'))).toHaveLength(1)
    expect(labels.filter((label) => label.includes('net and uts made inside'))).toHaveLength(1)
    expect(labels.filter((label) => label.includes('not named by the API server'))).toHaveLength(1)
    expect(labels.filter((label) => label.startsWith('container '))).toHaveLength(2)
    expect(texts(graph)).toContain('Pods with a kernel of their own')
    expect(texts(graph)).toContain('2 containers of no pod')
    expect(texts(graph)).toContain('1 unnamed pod')
  })
})

describe('in Korean', () => {
  const graph = (pods: number) => buildNodeGraph(observeBuilt(buildOddNode(pods)), graphWordsKo)
  const korean = (pods: number, width: number) => buildNodeScene(graph(pods), { theme: 'dark', width }, NODE_WORDS.ko)

  test.each([4, 60, 250])('%i pods and what is rare: nothing overlaps, is cut or stands outside', (pods) => {
    for (const width of [480, 700, 900, 1240]) expect(faultsOf(korean(pods, width))).toEqual([])
  })

  test('no English sentence is left, seen or heard', () => {
    const drawn = korean(4, 1240)
    const { detail } = graph(4).gaps[0] ?? { detail: '' }
    const told = [drawn.title, drawn.description, JSON.stringify(drawn.children)].join(' ').replaceAll(detail, '')
    expect(told.match(/\b(the|of|and|with|pods|node’s|in|no|shared)\b[^.]{0,30}/gi)).toBeNull()
    expect(told).toContain('파드에 속하지 않은 컨테이너 2개')
  })
})

describe('options', () => {
  const graph = buildNodeGraph(observeBuilt(buildOddNode(4)))

  test.each<Partial<NodePictureOptions>>([
    { title: false },
    { caption: false },
    { title: false, caption: false, legend: false },
    { transparent: true, theme: 'contrast' },
  ])('no fault with %j', (options) => {
    for (const words of [NODE_WORDS.en, NODE_WORDS.ko])
      expect(faultsOf(buildNodeScene(graph, options, words))).toEqual([])
  })

  test('what is not wished for is not there, and findings stay', () => {
    const bare = buildNodeScene(graph, { title: false, caption: false, legend: false, transparent: true })
    expect(bare.background).toBeNull()
    const texts = JSON.stringify(bare.children)
    expect(texts).not.toMatch(/Node node1|UTC|Pause is left out of the marks/)
    expect(JSON.stringify(scene(graph).children)).toMatch(/Node node1.*UTC.*Pause is left out of the marks/)
  })

  test('a caption without a title names the node', () => {
    expect(JSON.stringify(buildNodeScene(graph, { title: false }).children)).toMatch(/"Node node1 · \d+ pods/)
  })
})

test('tiles that lie on each other are seen', () => {
  const drawn = scene(graphOf(10))
  const tiles = drawn.children.filter((node) => node.kind === 'group' && node.ref?.kind === 'pod')
  expect(tiles).toHaveLength(10)
  expect(faultsOf({ ...drawn, children: [...drawn.children, tiles[0] as (typeof tiles)[number]] })).not.toEqual([])
})

test.each<[string, BuiltNode, Theme]>([
  ['node-10-light', buildNode(10), 'light'],
  ['node-110-light', buildNode(110), 'light'],
  ['node-10-dark', buildNode(10), 'dark'],
  ['node-odd-light', buildOddNode(4), 'light'],
])('%s', async (name, built, theme) => {
  const svg = paintSvg(scene(buildNodeGraph(observeBuilt(built)), 1240, theme))
  expect(wellFormed(svg)).toBe(true)
  await expect(svg).toMatchFileSnapshot(`golden/${name}.svg`)
})

test('the same node gives the same bytes, whatever the order of its processes and pods', () => {
  const { scan, pods } = buildNode(30)
  const turned = { scan: { ...scan, processes: scan.processes.toReversed() }, pods: pods.toReversed() }
  expect(paintSvg(scene(buildNodeGraph(observeBuilt(turned))))).toBe(
    paintSvg(scene(buildNodeGraph(observeBuilt({ scan, pods })))),
  )
})

test('left-overs, sharing and the node’s are told in the picture and in words', () => {
  const graph = graphOf(10)
  for (const text of ['/run/netns/left-over', 'systemd-udevd, PID 900000', '100022', '4026531840']) {
    expect(texts(graph)).toContain(text)
  }
  expect(scene(graph).description).toContain('ipc:[100022]: team-1/')
  expect(scene(graph).description).toContain('In use by no pod: net:[900002], mnt:[900001]')
})

test('what is shared and what no pod uses is told before the pods, however many there are', () => {
  const told = texts(graphOf(500))
  const [shared, unused, pods] = ['Shared across pods', 'In use by no pod', 'Ordinary pods'].map((text) =>
    told.indexOf(text),
  )
  expect([shared, unused, pods]).toEqual([shared, unused, pods].sort((a = 0, b = 0) => a - b))
  expect(shared).toBeGreaterThan(0)
})

test('frames in a row are of one height, though one of them tells more', () => {
  const frames = groupsOf(scene(buildNodeGraph(observeBuilt(buildOddNode(60))))).flatMap(
    ({ ref, children: [frame] }) => (ref?.kind === 'namespace' && frame?.kind === 'rect' ? [frame] : []),
  )
  const heights = groupBy(frames, ({ y }) => y)
  expect(new Set(frames.map(({ height }) => height)).size).toBeGreaterThan(1)
  for (const row of heights.values()) expect(new Set(row.map(({ height }) => height)).size).toBe(1)
})

test('more left-overs than can be read are counted', () => {
  const { scan, pods } = buildNode(2)
  const pins = Array.from({ length: 300 }, (_, at) => ({
    id: { type: 'net' as const, inode: 800_000 + at, device: 4 },
    path: `/run/netns/left-${at}`,
  }))
  const graph = buildNodeGraph(observeBuilt({ scan: { ...scan, pins }, pods }))
  expect(graph.leftOvers.pinned).toHaveLength(300)
  expect(faultsOf(scene(graph))).toEqual([])
  expect(texts(graph)).toContain('and 288 more')
})

test('without a scan no namespace is drawn, and it is said why', () => {
  const gap = { code: 'no-scan' as const, detail: 'There is no helper on node1.', count: 0 }
  const graph = buildNodeGraph(observeWholeNodeWithoutScan(buildNode(20).pods, CONTEXT, gap))
  expect(faultsOf(scene(graph))).toEqual([])
  expect(groupsOf(scene(graph)).every(({ ref }) => ref?.kind === 'pod')).toBe(true)
  expect(texts(graph)).toContain('The node was not scanned')
  expect(texts(graph)).toContain('There is no helper on node1.')
  expect(texts(graph)).not.toContain('Findings: none')
})

test('names that attack the reader are shown harmless, and nothing is cut', () => {
  const { scan, pods } = buildNode(12)
  const hostile = '\u202e\u001b[31m<script>\n'.repeat(30)
  const renamed = pods.map((each, at) => ({ ...each, name: `${at}${hostile}`, status: hostile, namespace: hostile }))
  const node = { ...CONTEXT.node, name: hostile, kernel: hostile }
  const processes = scan.processes.map((each) => ({ ...each, argv: [hostile] }))
  const pins = scan.pins.map((pin) => ({ ...pin, path: hostile }))
  const index = indexScan({ ...scan, processes, pins }, renamed)
  const graph = buildNodeGraph(observeWholeNode(index, { ...CONTEXT, node }))
  expect(faultsOf(scene(graph))).toEqual([])
  const svg = paintSvg(scene(graph))
  expect(wellFormed(svg)).toBe(true)
  expect(svg).not.toContain('<script')
})

test('the same finding of many pods is one sentence, with its number on each tile', () => {
  const pods = Array.from({ length: 9 }, (_, at) =>
    pod([container('app', { id: null })], { name: `p${at}`, uid: `u${at}` }),
  )
  const graph = buildNodeGraph(observeWholeNode(indexScan(buildNode(1).scan, pods), CONTEXT))
  expect(graph.findings.map(({ code, items }) => [code, items.length])).toEqual([['status-behind', 9]])
  const drawn = scene(graph)
  expect(faultsOf(drawn)).toEqual([])
  expect(texts(graph)).toContain('In 9 pods (default/p0, default/p1, default/p2, 6 more)')
  expect(groupsOf(drawn).filter(({ label }) => label?.endsWith('finding 1'))).toHaveLength(9)
})
