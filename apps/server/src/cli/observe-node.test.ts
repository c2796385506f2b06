import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeObservationSchema } from '@pausescope/shared'
import { loadCapture, startLabCluster } from '@pausescope/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { BUNDLED_RECORDINGS } from '../recordings/library.ts'
import { loadRecording } from '../recordings/load-recording.ts'
import { runCli, runHere } from './test/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'pausescope-cli-node-'))
afterAll(() => rmSync(folder, { recursive: true }))

const capture = loadCapture('node3-containerd-cgroup2')
const file = (name: string) => join(capture.folder, name)
const ofCapture = ['observe', '--proc-root', capture.procRoot, '--pods', file('pods.json'), '--node', file('node.json')]
const bundled = join(BUNDLED_RECORDINGS, '1-containerd-cgroup2.json')

describe('observe --whole-node', () => {
  test('json: the node, as the bundled recording has it; the variable does what the flag does', async () => {
    const { code, stdout, stderr } = await runCli(ofCapture, { PAUSESCOPE_WHOLE_NODE: '1' })
    expect([code, stderr]).toEqual([0, ''])
    const recorded = (await loadRecording(bundled)).frames[0]?.nodes?.[0]
    expect(nodeObservationSchema.parse(JSON.parse(stdout))).toEqual({
      ...recorded,
      cluster: { name: null, version: null },
    })
    expect((await runHere(['observe', '--recording', bundled, '--whole-node'])).stdout).toBe(
      `${JSON.stringify(recorded, null, 2)}\n`,
    )
  })

  test('lsns: a table for each type', async () => {
    const { code, stdout } = await runHere(['observe', '--recording', bundled, '--whole-node', '-o', 'lsns'])
    expect(code).toBe(0)
    expect(stdout.match(/^== .*/gm)).toEqual(
      ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'].map((type) => `== ${type}`),
    )
    expect(stdout).toMatch(/NS TYPE NPROCS +PID USER +NSFS +COMMAND\n/)
    expect(stdout).toMatch(/4026532188 net +3 +1115 65535 +\/run\/netns\/cni-c4176bea-[-0-9a-f]+ \/pause\n/)
  })

  test('svg: the picture of the node, in both themes', async () => {
    const draw = (theme: string) =>
      runHere(['observe', '--recording', bundled, '--whole-node', '--pod', 'myweb2', '-o', 'svg', '--theme', theme])
    const { stdout } = await draw('light')
    await expect(stdout).toMatchFileSnapshot('golden/node3-light.svg')
    expect((await draw('dark')).stdout).not.toBe(stdout)
  })

  test('a recording of single pods says so', async () => {
    const hostile = join(BUNDLED_RECORDINGS, '4-hostile-names.json')
    const { code, stdout, stderr } = await runHere(['observe', '--recording', hostile, '--whole-node', '-o', 'svg'])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('has single pods of the node node3, not the whole node.')
  })

  test('in a cluster it is the node of a pod, which must be named', async () => {
    const { code, stderr } = await runHere(['observe', '--whole-node'])
    expect(code).toBe(2)
    expect(stderr).toContain('--pod NAMESPACE/NAME')
    const tree = await runHere(['observe', '--whole-node', '--proc-root', capture.procRoot])
    expect([tree.code, tree.stderr.includes('--pods FILE')]).toEqual([2, true])
  })

  test('from a cluster: through a helper, which is removed', async () => {
    const users = [{ name: 'u', token: 't', rules: [{ verbs: ['*'], resources: ['*'] }] }]
    const lab = await startLabCluster({ captures: ['node3-containerd-cgroup2'], users, startMs: 5, stopMs: 5 })
    try {
      const kubeconfig = lab.writeKubeconfig(folder)
      const args = ['observe', '--kubeconfig', kubeconfig, '--pod', 'myweb2', '--whole-node', '-o', 'json']
      const refused = await runHere(args)
      expect([refused.code, refused.stdout]).toEqual([1, ''])
      expect(refused.stderr).toContain('--allow-helper')
      const { code, stdout } = await runHere([...args, '--allow-helper'])
      expect(code).toBe(0)
      const seen = nodeObservationSchema.parse(JSON.parse(stdout))
      expect([seen.node.name, seen.scanned, seen.pods.length > 5]).toEqual(['node3', true, true])
    } finally {
      await lab.close()
    }
  })
})
