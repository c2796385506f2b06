/**
 * Runs scripts of package.json at the same time, each on a core of its own: `node scripts/side-by-side.ts NAME NAME …`. What
 * one prints comes whole, when it has ended. Fails with the first exit code that is not 0.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'

const codes = await Promise.all(process.argv.slice(2).map(run))
process.exitCode = codes.find((code) => code !== 0) ?? 0

async function run(name: string): Promise<number> {
  const child = spawn(process.execPath, ['--run', name], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [printed, complained, [code]] = await Promise.all([
    buffer(child.stdout),
    buffer(child.stderr),
    once(child, 'close'),
  ])
  process.stdout.write(printed)
  process.stderr.write(complained)
  if (code !== 0) console.error(`${name} ended with exit code ${code}.`)
  return code ?? 1
}
