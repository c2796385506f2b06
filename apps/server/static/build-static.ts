import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { RecordingError } from '@pausescope/shared'
import { BUNDLED_RECORDINGS } from '../src/recordings/library.ts'
import { FileError } from '../src/recordings/read-text.ts'
import { readVersion } from '../src/version.ts'
import { writeStaticApi } from './static-api.ts'

/**
 * `node --run build:static -- [RECORDING.json …]`: the page with these recordings, or those that came with Pausescope, as a
 * folder for any web host.
 */
const ROOT = join(import.meta.dirname, '../../..')
const FOLDER = join(ROOT, 'apps/web/dist-static')

const bundled = readdirSync(BUNDLED_RECORDINGS).sort()
const given = process.argv.slice(2)
const files = given.length > 0 ? given : bundled.map((name) => join(BUNDLED_RECORDINGS, name))

const vite = spawnSync('vite', ['build', 'apps/web', '--mode', 'static'], { cwd: ROOT, stdio: 'inherit' })
if (vite.status !== 0) fail(`The page could not be built (${vite.error?.message ?? `exit code ${vite.status}`}).`)
try {
  const ids = await writeStaticApi(FOLDER, files, readVersion())
  console.log(
    `Put ${relative(process.cwd(), FOLDER)} on a web host; a link to a recording ends in ?recording=${ids[0]}`,
  )
} catch (error) {
  if (!(error instanceof FileError || error instanceof RecordingError)) throw error
  fail([error.message, error.next].filter(Boolean).join(' '))
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
