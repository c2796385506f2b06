import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Bench } from './bench-row.ts'

const DIST = join(import.meta.dirname, '..', '..', 'web', 'dist')

/** The scripts that index.html names: what a browser loads before it draws anything. */
export const pageSize: Bench = async () => {
  const what = 'initial JavaScript, gzipped'
  const page = join(DIST, 'index.html')
  if (!existsSync(page)) {
    return [{ what, value: null, unit: 'KB', goal: 150, note: 'the page is not built: run node --run build' }]
  }
  const scripts = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(
    (match) => match[1] as string,
  )
  const bytes = scripts.reduce(
    (sum, script) => sum + gzipSync(readFileSync(join(DIST, script)), { level: 9 }).length,
    0,
  )
  return [{ what, value: bytes / 1000, unit: 'KB', goal: 150, note: scripts.join(', ') }]
}
