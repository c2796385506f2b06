import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { probeOutput, runProbe } from './run-probe.ts'
import { withTree } from './test/with-tree.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-probe-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const tree = { processes: [{ pid: 1 }] }

/** A PATH whose grep is this script, before the real tools. */
function withGrep(script: string): { env: NodeJS.ProcessEnv } {
  writeFileSync(join(folder, 'grep'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, 'grep'), 0o755)
  return { env: { PATH: `${folder}:${process.env.PATH}` } }
}

/** Living processes with this text among their arguments. */
function running(text: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').includes(text)
    } catch {
      return false
    }
  })
}

describe('a scan that hangs', () => {
  // Each test has a time of its own to sleep, so that it finds its own processes only.
  it.each([
    ['is given up at its deadline', '98761', () => ({ deadlineMs: 300 }), { code: 'timeout' }],
    ['ends with its signal', '98762', () => ({ signal: AbortSignal.timeout(300) }), { name: 'TimeoutError' }],
  ])('%s, and nothing of it goes on', async (_, seconds, options, error) => {
    const tools = withGrep(`sleep ${seconds} & exec sleep ${seconds}`)
    await withTree(tree, async (root) => {
      const scan = probeOutput(root, { ...tools, ...options() })
      await expect(scan).rejects.toMatchObject(error)
    })
    await expect.poll(() => running(seconds)).toEqual([])
  })

  it('does not start when its signal is gone already', async () => {
    const signal = AbortSignal.abort(new Error('left'))
    await expect(probeOutput('/proc', { signal })).rejects.toThrow('left')
  })
})

it('a scan that is larger than allowed is ended', async () => {
  const tools = withGrep('case $* in *-azH*) exec cat /dev/urandom ;; esac; exec /bin/grep "$@"')
  await withTree(tree, async (root) => {
    await expect(probeOutput(root, { ...tools, maxBytes: 100_000 })).rejects.toMatchObject({
      code: 'too-large',
      message: `The scan of ${root} has more than 100000 bytes.`,
    })
  })
})

it.each([
  ['no such folder', () => '/nowhere', 'The probe cannot enter /nowhere.'],
  ['a folder without processes', () => folder, `cannot see a process in `],
  ['a file', () => '/etc/passwd', 'The probe cannot enter /etc/passwd.'],
])('%s is refused with its name', async (_, root, message) => {
  await expect(runProbe(root())).rejects.toMatchObject({
    code: 'cannot-read',
    message: expect.stringContaining(message),
    next: expect.stringContaining('/proc tree'),
  })
})

it('a machine without a tool, or without a shell, is named', async () => {
  for (const tool of ['sh', 'stat', 'xargs', 'gzip']) symlinkSync(`/bin/${tool}`, join(folder, tool))
  await expect(runProbe('/proc', { env: { PATH: folder } })).rejects.toMatchObject({
    code: 'no-tools',
    message: 'The probe cannot run here: there is no grep.',
  })
  await expect(runProbe('/proc', { shell: join(folder, 'none') })).rejects.toMatchObject({
    code: 'no-tools',
    message: `There is no "${join(folder, 'none')}" to run the probe.`,
  })
})

it('a tool that dies leaves gaps, not a scan that looks whole', async () => {
  const { gaps, processes } = await withTree(tree, (root) => runProbe(root, withGrep('exit 137')))
  expect(processes).toEqual([])
  expect(gaps.map(({ code }) => code)).toContain('process-vanished')
})
