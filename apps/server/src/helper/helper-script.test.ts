import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HELPER_SCRIPT, LOOP_END, loopCommand, loopTurn, scanCommand } from './helper-script.ts'

const BUSYBOX = '/usr/bin/busybox'

/** A PATH with busybox under each applet's name: what a busybox image has. */
function busyboxPath(without: string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'pausescope-busybox-'))
  for (const applet of execFileSync(BUSYBOX, ['--list'], { encoding: 'utf8' }).trim().split('\n')) {
    if (!without.includes(applet)) symlinkSync(BUSYBOX, join(folder, applet))
  }
  return folder
}

const shells = [
  ['sh of this machine', process.env.PATH ?? ''],
  ...(existsSync(BUSYBOX) ? [['busybox', busyboxPath()]] : []),
] as [string, string][]

describe.each(shells)('%s', (_, PATH) => {
  const helper = (folder: string, seconds: string, turns: string) =>
    spawn('sh', ['-c', HELPER_SCRIPT, 'pausescope-helper', folder, seconds, turns], { env: { PATH }, stdio: 'ignore' })
  const ended = (child: ReturnType<typeof helper>) => new Promise<number | null>((resolve) => child.on('exit', resolve))

  test('a helper that nobody uses ends by itself', async () => {
    expect(await ended(helper(mkdtempSync(join(tmpdir(), 'lease-')), '0.05', '3'))).toBe(0)
  })

  test('a helper in use stays, and ends when the marks stop coming', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lease-'))
    // Long enough that a busy machine is not taken for one that nobody uses.
    const child = helper(folder, '0.05', '40')
    const end = ended(child)
    for (let scan = 0; scan < 5; scan++) {
      writeFileSync(join(folder, 'used'), '')
      await expect.poll(() => existsSync(join(folder, 'used')), { interval: 5 }).toBe(false)
      expect(child.exitCode).toBeNull()
    }
    expect(await end).toBe(0)
  })

  test('a scan runs the probe with its root, also where no mark can be left', () => {
    const [file = '', ...args] = scanCommand('printf "%s of %s" "$0" "$1"; exit 5', 30)
    expect(() => execFileSync(file, args, { env: { PATH } })).toThrow(
      expect.objectContaining({ status: 5, stdout: Buffer.from('pausescope-probe of /proc'), stderr: Buffer.alloc(0) }),
    )
  })

  test('a scan that takes too long is killed', () => {
    const [file = '', ...args] = scanCommand('sleep 60', 1)
    expect(() => execFileSync(file, args, { env: { PATH }, timeout: 20_000 })).toThrow(
      expect.not.objectContaining({ code: 'ETIMEDOUT' }),
    )
  })
})

describe.each(shells)('the loop in %s', (_, PATH) => {
  const run = (probe: string, requests: string) => {
    const [file = '', ...args] = loopCommand(probe)
    return execFileSync(file, args, {
      env: { PATH },
      encoding: 'utf8',
      input: requests,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
  }
  const MARK = '00000000-0000-4000-8000-000000000001'

  test('one scan for each line, each with its mark and its status; after the end nothing', () => {
    const { request, until } = loopTurn(MARK, 30)
    const output = run('printf "%s of %s" "$0" "$1"; exit 5', `${request}${request}${LOOP_END}${request}`)
    expect(output).toBe(`pausescope-probe of /proc\n${MARK} 5\n`.repeat(2))
    expect(until.exec(output)?.[1]).toBe('5')
  })

  test('a turn may bring a script of its own, in place of the probe', () => {
    const own = loopTurn(MARK, 30, 'set -- "$1" \'1 2\'\n\nprintf "%s|" "$1" "$2" \'a\\b\'\n')
    const next = loopTurn(MARK, 30)
    expect(run('printf probe', own.request + next.request)).toBe(`/proc|1 2|a\\b|\n${MARK} 0\nprobe\n${MARK} 0\n`)
  })

  test('a scan that takes too long is killed, and the loop goes on', () => {
    const output = run('sleep 60', loopTurn(MARK, 1).request)
    expect(output).toBe(`\n${MARK} 137\n`)
  })

  test('what the probe reads is not the next request', () => {
    const { request } = loopTurn(MARK, 30)
    expect(run('read -r line; printf "<%s>" "$line"', request + request)).toBe(`<>\n${MARK} 0\n`.repeat(2))
  })
})

test.skipIf(!existsSync(BUSYBOX))('an image without timeout runs the probe all the same', () => {
  const PATH = busyboxPath(['timeout'])
  const [file = '', ...args] = scanCommand('echo "$1"', 30)
  expect(execFileSync(file, args, { env: { PATH }, encoding: 'utf8' })).toBe('/proc\n')
  const [sh = '', ...loop] = loopCommand('echo "$1"')
  const { request } = loopTurn('mark', 30)
  expect(execFileSync(sh, loop, { env: { PATH }, encoding: 'utf8', input: request })).toBe('/proc\n\nmark 0\n')
})

test('a scan leaves its mark in the lease', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lease-'))
  mkdirSync(folder, { recursive: true })
  const [file = '', ...args] = scanCommand('true', 30).map((word) => word.replaceAll('/lease/', `${folder}/`))
  execFileSync(file, args)
  expect(existsSync(join(folder, 'used'))).toBe(true)
})
