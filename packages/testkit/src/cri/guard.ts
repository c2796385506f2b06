/**
 * Runs beside a private containerd and outlives whoever started it: when standard input ends, because the tests closed it
 * or were killed, it removes every trace of that containerd. Prints its process id when the folder is there.
 */
import { mkdirSync } from 'node:fs'
import { removeStaleTraces, removeTraces, tracesOf } from './traces.ts'

removeStaleTraces()
const traces = tracesOf(process.pid)
removeTraces(traces)
mkdirSync(traces.folder)
process.stdout.write(`${process.pid}\n`)
process.stdin.on('end', () => removeTraces(traces)).resume()
