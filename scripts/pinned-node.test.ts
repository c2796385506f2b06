import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8')

test('one Node is pinned, and packages are chosen for it', () => {
  const { optionalDependencies } = JSON.parse(read('package.json')) as { optionalDependencies: Record<string, string> }
  const [, chosenFor] = /^nodeVersion: (.+)$/m.exec(read('pnpm-workspace.yaml')) ?? []
  expect(new Set(Object.values(optionalDependencies))).toEqual(new Set([chosenFor]))
})
