import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const PLAY = join(import.meta.dirname, 'play.ts')

test('it plays until it is told to end, and leaves nothing', async () => {
  const child = spawn(process.execPath, [PLAY], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { kubeconfig, server, control } = JSON.parse(line.toString())
  expect(existsSync(kubeconfig)).toBe(true)
  expect(server).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  expect(await (await fetch(`${control}/running`)).json()).toEqual([])
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
  expect(existsSync(kubeconfig)).toBe(false)
})

test('a wrong option is said without a stack trace', async () => {
  const child = spawn(process.execPath, [PLAY, '--nope'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  expect(await once(child, 'close')).toEqual([2, null])
  expect(said).toMatch(/^Cannot play a cluster: Unknown option '--nope'/)
  expect(said).not.toContain('    at ')
})
