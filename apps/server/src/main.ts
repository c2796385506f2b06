#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Keeps what Node makes of the sources: the second start takes half as long. Where the folder cannot be written, nothing
// happens.
enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/pausescope'))

// Whoever reads the result may stop early, as `head` does; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const { run } = await import('./cli/run.ts')
process.exitCode = await run(process.argv.slice(2))
