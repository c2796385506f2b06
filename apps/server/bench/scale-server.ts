/**
 * The server's source on a large cluster, alone in a process that can collect its garbage: `node --expose-gc scale-server.ts
 * KUBECONFIG`. Prints what it took as one line of JSON.
 */
import { LIST_LINES, parseListQuery, selectNodes, selectPods } from '@pausescope/shared'
import { openLive } from '../src/cli/open-live.ts'
import { median, timed } from './bench-row.ts'

export type ScaleNumbers = {
  pods: number
  /** Of the heap and beside it, for each pod, in bytes. */
  bytesPerPod: number
  /** Until all is listed, in milliseconds. */
  listed: number
  /** The first lines of the list of pods, and of nodes, as JSON in bytes. */
  firstPods: number
  firstNodes: number
  /** A search through all pods, in milliseconds. */
  search: number
}

const used = () => {
  global.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const [kubeconfig = ''] = process.argv.slice(2)
const before = used()
const source = await openLive({ kubeconfig }, new AbortController().signal)
const listed = await timed(() => source.listed)
const pods = source.pods()
const bytesPerPod = (used() - before) / pods.length
const first = parseListQuery({})
if ('error' in first) throw new Error(first.error)
const searches: number[] = []
for (const search of ['service-97', 'team-299/', 'worker-0042 running', 'nothing-has-this']) {
  for (let round = 0; round < 5; round++) {
    searches.push(await timed(() => selectPods(pods, { search, limit: LIST_LINES.first, closed: [] })))
  }
}
const numbers: ScaleNumbers = {
  pods: pods.length,
  bytesPerPod,
  listed,
  firstPods: Buffer.byteLength(JSON.stringify(selectPods(pods, first))),
  firstNodes: Buffer.byteLength(JSON.stringify(selectNodes(source.nodes(), first))),
  search: median(searches),
}
console.log(JSON.stringify(numbers))
await source.close()
