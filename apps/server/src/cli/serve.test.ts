import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { API, recordingListSchema, type Source, sourceSchema } from '@pausescope/shared'
import { startCluster, startLabCluster } from '@pausescope/testkit'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { BUNDLED_RECORDINGS } from '../recordings/library.ts'
import { readVersion } from '../version.ts'
import { runCli, runHere } from './test/run-cli.ts'
import { startServe } from './test/serve-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'pausescope-serve-'))
const hostile = join(BUNDLED_RECORDINGS, '4-hostile-names.json')
const running: ChildProcess[] = []

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rmSync(folder, { recursive: true }))

const serve = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  startServe(args, env, (child) => running.push(child))

async function describeSource(url: string): Promise<Source> {
  return sourceSchema.parse(await (await fetch(url + API.source)).json())
}

/** Listens on a port, if nobody does yet. */
async function occupy(port: number): Promise<{ port: number; free: () => void }> {
  const server = createServer().listen(port, '127.0.0.1')
  const taken = await new Promise<boolean>((resolve) => {
    server.on('listening', () => resolve(false)).on('error', () => resolve(true))
  })
  return { port: taken ? port : (server.address() as AddressInfo).port, free: () => server.close() }
}

describe('serve', () => {
  test('without a cluster it shows the bundled recordings and says why', async () => {
    // What came with Pausescope is no secret: nobody needs a token for it.
    const { url, said } = await serve(['--port', '0'], { PAUSESCOPE_NO_TOKEN: '0' })
    const source = await describeSource(url)
    expect(source).toMatchObject({ mode: 'recording', version: readVersion() })
    expect(source.message).toMatch(
      /^Showing recordings, for there is no cluster: No kubeconfig found: .*config does not exist\.$/,
    )
    expect(said()).toContain(source.message)
    const { recordings } = recordingListSchema.parse(await (await fetch(url + API.recordings)).json())
    expect(recordings[0]?.title).toBe('A class on containerd, cgroup v2')
  })

  test('shows the recording it is given, and offers the bundled ones after it', async () => {
    const { url } = await serve(['serve', '--port', '0', '--recording', hostile])
    expect((await describeSource(url)).message).toContain(hostile)
    const { pods } = (await (await fetch(url + API.pods)).json()) as { pods: { name: string }[] }
    expect(pods.map(({ name }) => name)).toEqual(['hostile-names'])
    const { recordings } = recordingListSchema.parse(await (await fetch(url + API.recordings)).json())
    expect(recordings.map(({ id }) => id).slice(0, 2)).toEqual(['opened', '1-containerd-cgroup2'])
  })

  test('shows the cluster of the kubeconfig, and stops when asked', async () => {
    const cluster = await startLabCluster({ captures: ['node3-containerd-cgroup2'] })
    try {
      const env = { KUBECONFIG: cluster.writeKubeconfig(folder) }
      const { child, url, ended } = await serve(['--port', '0'], env)
      expect((await describeSource(url)).mode).toBe('live')
      await expect.poll(async () => (await describeSource(url)).watch, { timeout: 20_000 }).toBe('live')
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
    } finally {
      await cluster.close()
    }
  })

  test('a viewer chooses another context of the kubeconfig, on this machine only', async () => {
    const [lab, prod] = await Promise.all([startLabCluster({ captures: ['node3-containerd-cgroup2'] }), startCluster()])
    try {
      const files = [lab, prod].map((cluster, index) => {
        const file = join(folder, `kubeconfig-${index}`)
        writeFileSync(file, cluster.kubeconfig({ contextName: `team/${index}` }))
        return file
      })
      const env = { KUBECONFIG: files.join(delimiter) }
      const { url } = await serve(['--port', '0', '--allow-helper'], env)
      const list = await (await fetch(url + API.contexts)).json()
      expect(list).toEqual({ contexts: ['team/0', 'team/1'], current: 'team/0' })
      const chosen = await fetch(url + API.context('team/1'), { method: 'POST', headers: { origin: url } })
      // What the command line allowed, it allowed for the cluster that it named.
      expect(sourceSchema.parse(await chosen.json())).toMatchObject({ context: 'team/1', helperAllowed: false })
      const open = ['--port', '0', '--host', '0.0.0.0', '--allowed-host', '127.0.0.1']
      const { url: reached } = await serve(open, env)
      expect(await (await fetch(reached + API.contexts)).json()).toEqual({ contexts: [], current: 'team/0' })
    } finally {
      await Promise.all([lab.close(), prod.close()])
    }
  })

  test('stops at the first signal although a client keeps its connection, and says so', async () => {
    const { child, url, said, ended } = await serve(['--port', '0'])
    await (await fetch(url + API.source)).json()
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(said()).toMatch(/\npausescope: Stopping; once more stops at once\.\n$/)
  })

  test('a second signal ends it at once, whatever it waits for', async () => {
    const cluster = await startLabCluster({ captures: ['node3-containerd-cgroup2'] })
    try {
      const { child, url, said, ended } = await serve(['--port', '0'], { KUBECONFIG: cluster.writeKubeconfig(folder) })
      const agreed = await fetch(url + API.helper('node3'), { method: 'POST', headers: { origin: url } })
      expect(await agreed.json()).toMatchObject({ state: 'ready' })
      // The helper cannot be deleted: the first signal waits for that.
      cluster.fault({ on: 'delete', kind: 'hang-request' })
      child.kill('SIGINT')
      await expect.poll(said).toContain('Stopping; once more stops at once.')
      child.kill('SIGINT')
      expect(await ended).toBe(130)
    } finally {
      await cluster.close()
    }
  })

  test('takes a free port when 7777 is taken and none was given', async () => {
    const { free } = await occupy(7777)
    try {
      const { url, said } = await serve(['--no-open'])
      expect(said()).toContain('Port 7777 is taken; the page has another one.\n')
      expect(url).not.toContain(':7777')
      expect((await describeSource(url)).mode).toBe('recording')
    } finally {
      free()
    }
  })

  test('a port that was given and is taken is an error', async () => {
    const { port, free } = await occupy(0)
    try {
      const { code, stderr } = await runCli(['--port', String(port)])
      expect(code).toBe(1)
      expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken. Stop what uses it, or give another --port.\n`)
    } finally {
      free()
    }
  })

  test('answers only to its own names', async () => {
    const { url } = await serve(['--port', '0', '--host', '0.0.0.0', '--allowed-host', ',pods.example,lab.example:80'])
    expect(url).toMatch(/^http:\/\/pods\.example:\d+$/)
  })

  test.each<[string, string[], number, RegExp]>([
    [
      'a host for all without a name',
      ['--host', '0.0.0.0'],
      2,
      /^--host 0\.0\.0\.0 lets other machines in\. Say with --allowed-host/,
    ],
    [
      'a host that is not here',
      ['--host', '192.0.2.1', '--allowed-host', 'a'],
      1,
      /^Cannot listen on 192\.0\.2\.1: it is no address of this machine/,
    ],
    [
      'a kubeconfig that is not there',
      ['--kubeconfig', join(folder, 'gone')],
      1,
      /^The kubeconfig \S+gone does not exist\./,
    ],
    ['a context that is not there', ['--context', 'gone'], 1, /^No kubeconfig found/],
    [
      'a recording that is not there',
      ['--recording', join(folder, 'gone')],
      1,
      /^The recording \S+gone does not exist\. Check the path\.$/,
    ],
    [
      'a switch that is neither on nor off',
      ['--port', '0'],
      2,
      /^PAUSESCOPE_ALLOW_HELPER=maybe is neither on nor off\./,
    ],
    ['a command that is none', ['sevre'], 2, /^There is no command "sevre"\. Use one of serve, observe, help\.$/],
  ])('%s: one sentence', async (name, args, exitCode, sentence) => {
    if (name.startsWith('a switch')) process.env.PAUSESCOPE_ALLOW_HELPER = 'maybe'
    const { code, stdout, stderr } = await runHere(args).finally(() => delete process.env.PAUSESCOPE_ALLOW_HELPER)
    expect([code, stdout]).toEqual([exitCode, ''])
    const lines = stderr.split('\n').filter((line) => line !== '')
    expect(lines.at(-1)?.replace(/^pausescope: /, '')).toMatch(sentence)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test.each([[['--port', '70000']], [['--port', 'x']], [['--scan-cache', '-1']], [['--allowed-host', 'http://x']]])(
    'a wrong command line: %j',
    async (args) => {
      const { code, stderr } = await runHere(args)
      expect(code).toBe(2)
      expect(stderr).toMatch(/^error: [^\n]+\nAdd --help/)
    },
  )
})

test('--version prints the version, --help every flag with its variable', async () => {
  expect(await runHere(['--version'])).toEqual({ code: 0, stdout: `${readVersion()}\n`, stderr: '' })
  for (const command of ['serve', 'observe']) {
    const { code, stdout } = await runHere([command, '--help'])
    expect(code).toBe(0)
    const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map((match) => match[1] as string)
    expect(flags.length).toBeGreaterThan(8)
    for (const flag of flags.filter((name) => name !== 'help')) {
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`env: PAUSESCOPE_${flag.toUpperCase().replaceAll('-', '_')})`)
    }
    expect(stdout).toContain('Examples:')
  }
})
