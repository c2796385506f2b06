import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ExportOptions, exportSvg, type Observation, observationSchema, parseRecording } from '@pausescope/shared'
import { type Cluster, loadCapture, startLabCluster } from '@pausescope/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { BUNDLED_RECORDINGS } from '../recordings/library.ts'
import { loadRecording } from '../recordings/load-recording.ts'
import { readVersion } from '../version.ts'
import { runCli, runHere, startCli } from './test/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'pausescope-cli-'))
const path = (name: string) => join(folder, name)
const capture = loadCapture('node3-containerd-cgroup2')
const pods = join(capture.folder, 'pods.json')
const node = join(capture.folder, 'node.json')
const ofCapture = ['observe', '--proc-root', capture.procRoot, '--pods', pods]
const bundled = join(BUNDLED_RECORDINGS, '1-containerd-cgroup2.json')

type Items = { items: { metadata: { name: string }; spec: { nodeName?: string } }[] }
const list = JSON.parse(capture.podsJson) as Items
const myweb2 = list.items.find(({ metadata }) => metadata.name === 'myweb2')
const badImage = list.items.find(({ metadata }) => metadata.name === 'bad-image')

beforeAll(() => {
  writeFileSync(path('one.json'), JSON.stringify(myweb2))
  writeFileSync(path('many.yaml'), `${stringify(myweb2)}---\n${stringify(badImage)}---\n`)
  const other = loadCapture('node4-crio-cgroup2')
  const both = [...list.items, ...(JSON.parse(other.podsJson) as Items).items]
  writeFileSync(path('both.json'), JSON.stringify({ kind: 'List', items: both }))
  writeFileSync(path('empty.json'), '')
  writeFileSync(path('none.json'), '{"kind":"PodList","items":[]}')
  writeFileSync(path('cut.json'), capture.podsJson.slice(0, 50_000))
  writeFileSync(path('junk.json'), '')
  truncateSync(path('junk.json'), 200 * 1024 * 1024)
  writeFileSync(path('binary'), Buffer.from([0, 1, 2, 255, 254, 123, 58, 91]))
  writeFileSync(path('service.yaml'), 'kind: Service\nmetadata: {name: web}\n')
  writeFileSync(path('bad.yaml'), 'kind: Pod\nmetadata: [unclosed\n')
  writeFileSync(
    path('bomb.yaml'),
    'a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c]\n',
  )
  writeFileSync(
    path('unscheduled.json'),
    JSON.stringify({ ...badImage, spec: { ...badImage?.spec, nodeName: undefined } }),
  )
  writeFileSync(path('deep.json'), '['.repeat(20_000_000))
  writeFileSync(path('deep.yaml'), `a: ${'['.repeat(100_000)}`)
  mkdirSync(path('no-processes'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('observe, of a /proc tree and a file of pods', () => {
  test('json: the observation of one pod, as the bundled recording has it', async () => {
    const { code, stdout, stderr } = await runCli([...ofCapture, '--node', node, '--pod', 'lab-v2/myweb2'])
    expect([code, stderr]).toEqual([0, ''])
    const recorded = (await loadRecording(bundled)).frames[0]?.observations[0] as Observation
    expect(observationSchema.parse(JSON.parse(stdout))).toEqual({ ...recorded, cluster: { name: null, version: null } })
  })

  test('json: a list of all pods of the node, and word of those left out', async () => {
    const { code, stdout, stderr } = await runCli([
      'observe',
      '--proc-root',
      capture.procRoot,
      '--pods',
      path('both.json'),
    ])
    expect(code).toBe(0)
    const observations = JSON.parse(stdout) as Observation[]
    expect(observations.map(({ pod }) => pod.nodeName)).toEqual(list.items.map(() => 'node3'))
    expect(stderr).toBe('pausescope: Left out 13 of 25 pods: they are not on node node3.\n')
    expect(observations[0]?.node).toMatchObject({ name: 'node3', runtime: 'containerd' })
  })

  test('lsns: a table for pause and each container, headed by its name and PID', async () => {
    const { code, stdout } = await runCli([...ofCapture, '--pod', 'myweb2', '-o', 'lsns'])
    expect(code).toBe(0)
    const heads = stdout.split('\n').filter((line) => line.startsWith('== '))
    expect(heads.slice(0, 3)).toEqual([
      '== lab-v2/myweb2 pause: PID 1082',
      '== lab-v2/myweb2 container myweb2-nginx: PID 1544',
      '== lab-v2/myweb2 container myweb2-netshoot: PID 1731',
    ])
    expect(stdout).toMatch(/^4026532649 net {9}8 {2}1082 65535 \/pause$/m)
  })

  test('svg: the picture of one pod, the same each time', async () => {
    const [first, second] = [
      await runCli([...ofCapture, '--pod', 'myweb2', '-o', 'svg']),
      await runCli([...ofCapture, '--pod', 'myweb2', '-o', 'svg']),
    ]
    expect(first.code).toBe(0)
    expect(first.stdout).toMatch(/^<svg .*lab-v2\/myweb2.*<\/svg>\n?$/s)
    expect(second.stdout).toBe(first.stdout)
  })

  test('svg: every option of the picture has its flag, and gives what the page and the API give', async () => {
    const observation = JSON.parse((await runHere(['observe', '--recording', bundled, '--pod', 'myweb2'])).stdout)
    const of = async (...flags: string[]) =>
      (await runHere(['observe', '--recording', bundled, '--pod', 'myweb2', '-o', 'svg', ...flags])).stdout
    const cases: [string[], Partial<ExportOptions>][] = [
      [[], {}],
      [
        ['--drawing', 'nested', '--theme', 'dark', '--width', '1024'],
        { drawing: 'nested', theme: 'dark', width: 1024 },
      ],
      [['--no-title', '--no-caption', '--no-legend'], { title: false, caption: false, legend: false }],
      [['--transparent', '--files', '--language', 'ko'], { transparent: true, files: true, language: 'ko' }],
      [['--redact', '--embed'], { redact: true, embed: true }],
    ]
    for (const [flags, options] of cases) {
      expect(await of(...flags)).toBe(exportSvg(observationSchema.parse(observation), options, readVersion()))
    }
  })

  test('markdown: the table of each pod; mermaid: the flowchart of one', async () => {
    const of = (...flags: string[]) => runHere(['observe', '--recording', bundled, ...flags])
    expect((await of('-o', 'markdown')).stdout.match(/^\| container \|/gm)?.length).toBe(11)
    expect((await of('--pod', 'myweb2', '-o', 'mermaid')).stdout).toMatch(/^flowchart LR\n {2}subgraph containers/)
    expect((await of('-o', 'mermaid')).stderr).toContain('A picture shows one pod, and there are 11.')
    expect((await of('--pod', 'myweb2', '-o', 'mermaid', '--whole-node')).stderr).toContain(
      'no mermaid of a whole node',
    )
    expect((await of('--drawing', 'nested', '-o', 'svg', '--whole-node')).stderr).toContain('there is one drawing')
    expect((await of('--redact', '--whole-node')).stderr).toContain('A whole node cannot be redacted.')
  })

  test('redacted: no format names the node, its address or an argument', async () => {
    for (const output of ['json', 'lsns', 'svg', 'markdown', 'mermaid']) {
      const { stdout } = await runHere(['observe', '--recording', bundled, '--pod', 'myweb2', '-o', output, '--redact'])
      expect(stdout).not.toMatch(/node3|10\.244\.|daemon off/)
      expect(stdout).toContain('myweb2')
    }
  })

  test('svg: no --pod is needed when the file has one pod; the theme changes the colours', async () => {
    const args = ['observe', '--proc-root', capture.procRoot, '--pods', path('one.json'), '-o', 'svg']
    const [light, dark] = [await runCli(args), await runCli([...args, '--theme', 'dark'])]
    expect([light.code, dark.code]).toEqual([0, 0])
    expect(dark.stdout).not.toBe(light.stdout)
  })

  test('pods can be YAML of many documents, and come from standard input', async () => {
    const args = ['observe', '--proc-root', capture.procRoot, '--pods']
    const yaml = await runCli([...args, path('many.yaml')])
    expect((JSON.parse(yaml.stdout) as Observation[]).map(({ pod }) => pod.name)).toEqual(['bad-image', 'myweb2'])
    const piped = await runCli([...args, '-', '--pod', 'myweb2'], {}, capture.podsJson)
    expect((JSON.parse(piped.stdout) as Observation).pod.name).toBe('myweb2')
  })

  test('every flag can come from the environment, and the flag wins', async () => {
    const env = {
      PAUSESCOPE_PROC_ROOT: capture.procRoot,
      PAUSESCOPE_PODS: pods,
      PAUSESCOPE_POD: 'crashing',
      PAUSESCOPE_OUTPUT: 'lsns',
    }
    expect((await runCli(['observe'], env)).stdout).toMatch(/^== lab-v2\/crashing pause: PID \d+$/m)
    expect((await runCli(['observe', '--pod', 'myweb2'], env)).stdout).toMatch(/^== lab-v2\/myweb2 pause: PID 1082$/m)
  })

  test('a reader that stops early ends it quietly', async () => {
    const child = startCli(ofCapture)
    let stderr = ''
    child.stderr?.on('data', (text) => {
      stderr += text
    })
    child.stdout?.once('data', () => child.stdout?.destroy())
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect([code, stderr]).toEqual([0, ''])
  })
})

describe('observe, of input that cannot be used', () => {
  const proc = ['--proc-root', capture.procRoot]
  test.each<[string, string[], number, RegExp]>([
    [
      'no file',
      [...proc, '--pods', path('gone.json')],
      1,
      /^The pods file \S+gone.json does not exist\. Check the path\.$/,
    ],
    ['a folder', [...proc, '--pods', folder], 1, /is a folder/],
    ['an empty file', [...proc, '--pods', path('empty.json')], 1, /is empty/],
    ['no pod', [...proc, '--pods', path('none.json')], 1, /holds no pod/],
    ['half a file', [...proc, '--pods', path('cut.json')], 1, /cut\.json is cut off: its JSON ends in the middle/],
    ['200 MB of junk', [...proc, '--pods', path('junk.json')], 1, /has 200 MB; at most 128 MB are read/],
    [
      'bytes',
      [...proc, '--pods', path('binary')],
      1,
      /The pods file \S+binary (is neither JSON nor YAML|cannot be used)/,
    ],
    ['broken YAML', [...proc, '--pods', path('bad.yaml')], 1, /is neither JSON nor YAML \(line \d\)/],
    ['brackets only', [...proc, '--pods', path('deep.json')], 1, /is nested deeper/],
    ['YAML levels only', [...proc, '--pods', path('deep.yaml')], 1, /is neither JSON nor YAML/],
    ['a YAML bomb', [...proc, '--pods', path('bomb.yaml')], 1, /aliases/],
    ['another kind', [...proc, '--pods', path('service.yaml')], 1, /Expected Pods, got kind Service/],
    ['a Node for pods', [...proc, '--pods', node], 1, /Expected Pods, got kind Node/],
    [
      'pods for a Node',
      [...proc, '--pods', pods, '--node', pods],
      1,
      /The node file \S+ cannot be used: Expected Nodes/,
    ],
    [
      'another node',
      [...proc, '--pods', pods, '--node', join(loadCapture('node4-crio-cgroup2').folder, 'node.json')],
      1,
      /The processes are of node node3, but the node file is of node4/,
    ],
    [
      'a pod nobody has',
      [...proc, '--pods', pods, '--pod', 'lab-v2/mywep2'],
      1,
      /has no pod lab-v2\/mywep2\. Did you mean lab-v2\/myweb2\?$/,
    ],
    [
      'a pod of another node',
      [...proc, '--pods', path('both.json'), '--pod', 'lab-crio/myweb2'],
      1,
      /The pod lab-crio\/myweb2 is on node node4; these processes are of node node3/,
    ],
    [
      'a name twice',
      [...proc, '--pods', path('both.json'), '--pod', 'myweb2'],
      1,
      /has 2 pods of the name myweb2\. Say which: --pod lab-v2\/myweb2 or --pod lab-crio\/myweb2/,
    ],
    ['a pod without node', [...proc, '--pods', path('unscheduled.json')], 1, /has no pod on any node/],
    [
      'the processes of another node',
      ['--proc-root', loadCapture('node4-crio-cgroup2').procRoot, '--pods', pods],
      1,
      /No process here belongs to any of the \d+ running pods/,
    ],
    ['no /proc tree', ['--proc-root', path('gone'), '--pods', pods], 1, /cannot enter/],
    ['a /proc tree without processes', ['--proc-root', path('no-processes'), '--pods', pods], 1, /./],
    ['a tree without pods', proc, 2, /Give --pods FILE/],
    [
      'a picture of many pods',
      [...proc, '--pods', pods, '-o', 'svg'],
      2,
      /A picture shows one pod, and there are 12\. Choose it with --pod/,
    ],
    [
      'a recording that is none',
      ['--recording', pods],
      1,
      /This file is not a recording: it holds a Kubernetes object of kind "List"/,
    ],
    ['a frame too many', ['--recording', bundled, '--frame', '3'], 1, /has 2 frames; there is no frame 3/],
    ['no cluster', ['--pod', 'myweb2'], 1, /No kubeconfig found/],
    ['a cluster without pod', [], 2, /one pod is observed at a time/],
    ['a kubeconfig that is none', ['--pod', 'a', '--kubeconfig', pods], 1, /kubeconfig/],
  ])('%s: one sentence, no picture', async (_name, args, exitCode, sentence) => {
    const { code, stdout, stderr } = await runHere(['observe', ...args])
    expect([code, stdout]).toEqual([exitCode, ''])
    expect(stderr).toMatch(/^pausescope: [^\n]*\n$/)
    expect(stderr.replace(/^pausescope: /, '').trimEnd()).toMatch(sentence)
  })

  test.each([
    [['-o', 'png']],
    [['--frame', '0']],
    [['--nonsense']],
    [['--recording', bundled, '--pods', pods]],
    [['--theme', 'pink']],
    [['--drawing', 'round']],
    [['--width', '20']],
    [['--language', 'xx']],
  ])('a wrong command line: %j', async (args) => {
    const { code, stdout, stderr } = await runHere(['observe', ...args])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^error: [^\n]+\nAdd --help/)
  })

  test('a file whose name holds control characters does not reach the terminal with them', async () => {
    const { stderr } = await runCli(['observe', '--pods', '/tmp/\u001b[31mred'])
    expect(stderr).toContain('\ufffd[31mred')
    expect(stderr).not.toContain('\u001b')
  })

  test('links that may not be read make no empty picture', async () => {
    const tree = path('denied')
    execFileSync('cp', ['-a', capture.procRoot, tree])
    execFileSync('sh', ['-c', 'rm -r "$0"/*/ns', tree])
    for (const output of ['svg', 'lsns']) {
      const args = ['observe', '--proc-root', tree, '--pods', pods, '--pod', 'myweb2', '-o', output]
      const { code, stdout, stderr } = await runCli(args)
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toContain('No namespace of the pod lab-v2/myweb2 may be read')
    }
  })
})

test('observe prints the frames of a recording', async () => {
  const recording = parseRecording(JSON.stringify(await loadRecording(bundled)))
  const { stdout } = await runCli(['observe', '--recording', bundled, '--frame', '2', '--pod', 'myweb2'])
  expect(JSON.parse(stdout)).toEqual(recording.frames[1]?.observations[0])
})

describe('observe, of a cluster', () => {
  let cluster: Cluster
  let kubeconfig: string
  beforeAll(async () => {
    cluster = await startLabCluster({ captures: ['node3-containerd-cgroup2'] })
    kubeconfig = cluster.writeKubeconfig(folder)
  })
  afterAll(() => cluster.close())

  test('makes no helper that was not allowed', async () => {
    const { code, stdout, stderr } = await runCli(['observe', '--kubeconfig', kubeconfig, '--pod', 'lab-v2/myweb2'])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('Add --allow-helper')
    expect(cluster.pods().filter(({ metadata }) => metadata.namespace === 'pausescope')).toEqual([])
  })

  test('with --allow-helper it prints what the helper saw, and removes the helper', async () => {
    const { code, stdout, stderr } = await runCli([
      'observe',
      '--kubeconfig',
      kubeconfig,
      '--pod',
      'lab-v2/myweb2',
      '--allow-helper',
    ])
    expect(code, stderr).toBe(0)
    const observation = observationSchema.parse(JSON.parse(stdout))
    expect(observation.sandboxes.map(({ pid }) => pid)).toEqual([1082])
    expect(observation.cluster.version).toMatch(/^v1\./)
    expect(cluster.pods().filter(({ metadata }) => metadata.namespace === 'pausescope')).toEqual([])
  })

  test('names the pods that are meant by a wrong name', async () => {
    const { code, stderr } = await runCli(['observe', '--kubeconfig', kubeconfig, '--pod', 'lab-v2/mywep2'])
    expect(code).toBe(1)
    expect(stderr).toContain('The cluster has no pod lab-v2/mywep2. Did you mean lab-v2/myweb2?\n')
  })
})
