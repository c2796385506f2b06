import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readVersion } from '../src/version.ts'

const PLUGIN = join(import.meta.dirname, '../../../bin/kubectl-pausescope')
const folder = mkdtempSync(join(tmpdir(), 'pausescope-plugin-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (command: string, args: readonly string[], path = process.env.PATH) =>
  spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, PATH: path, KUBECONFIG: '/nonexistent' } })

describe('the kubectl plugin', () => {
  test('is the command line, also through a link from a folder on the PATH', () => {
    const link = join(folder, 'kubectl-pausescope')
    symlinkSync(PLUGIN, link)
    expect(run(link, ['--version']).stdout).toBe(`${readVersion()}\n`)
    const { status, stderr } = run(link, ['observe', '--context', 'nowhere', '--pod', 'a/b'])
    expect(status).toBe(1)
    expect(stderr).toContain('No kubeconfig found')
  })

  test.skipIf(run('kubectl', ['version', '--client']).status !== 0)('kubectl finds it by its name', () => {
    const path = [join(PLUGIN, '..'), process.env.PATH].join(delimiter)
    expect(run('kubectl', ['pausescope', '--version'], path).stdout).toBe(`${readVersion()}\n`)
    expect(run('kubectl', ['plugin', 'list'], path).stdout).toContain('kubectl-pausescope')
  })
})
