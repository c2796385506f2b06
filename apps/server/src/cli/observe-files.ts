import { statfs } from 'node:fs/promises'
import {
  indexScan,
  type NodeFacts,
  type NodeObservation,
  type NodeScan,
  type Observation,
  type ObservationContext,
  observePod,
  observeWholeNode,
  type Pod,
  type ScanIndex,
} from '@pausescope/shared'
import { runProbe } from '../probe/run-probe.ts'
import { capturedAt } from '../recordings/captured-at.ts'
import { chooseNode } from './choose-node.ts'
import { CliError } from './cli-error.ts'
import { findPod, spell } from './find-pod.ts'
import { readNodes, readPods } from './pods-file.ts'
import { say } from './say.ts'

export type FileOptions = {
  procRoot: string
  pods: string
  node?: string | undefined
  pod?: string | undefined
}

/** f_type of a mounted proc file system; statfs(2). */
const PROC_SUPER_MAGIC = 0x9fa0

/**
 * Scans a /proc tree on this machine and observes the pods of a file in it.
 * @returns the pod that was asked for, or all pods of the node, by namespace and name.
 */
export async function observeFiles(options: FileOptions, signal: AbortSignal): Promise<Observation[]> {
  const { index, context, wanted } = await scanFiles(options, signal)
  return (wanted ? [wanted] : index.pods).map((pod) => observePod(index, pod, context))
}

/** As `observeFiles`, the whole node at once. */
export async function observeFilesWhole(options: FileOptions, signal: AbortSignal): Promise<NodeObservation> {
  const { index, context } = await scanFiles(options, signal)
  return observeWholeNode(index, context)
}

type ScannedFiles = { index: ScanIndex; context: ObservationContext; wanted: Pod | null }

async function scanFiles(options: FileOptions, signal: AbortSignal): Promise<ScannedFiles> {
  const podsFile = await readPods(options.pods)
  const nodeFile = options.node === undefined ? null : await readNodes(options.node)
  const wanted = options.pod === undefined ? null : findPod(podsFile.items, options.pod, podsFile.name)
  const scan = await runProbe(options.procRoot, { signal })
  if (scan.processes.length === 0) {
    throw new CliError('failed', `${options.procRoot} shows no process.`, 'Give the path of a /proc tree.')
  }

  const nodeNames = nodeFile?.items.map(({ name }) => name) ?? []
  const nodeName = chooseNode(indexScan(scan, podsFile.items), nodeNames, podsFile.name)
  const [here, elsewhere] = partition(podsFile.items, (pod) => pod.nodeName === nodeName)
  if (wanted) refuseElsewhere(wanted, nodeName)
  else if (elsewhere.length > 0) {
    say(`Left out ${elsewhere.length} of ${podsFile.items.length} pods: they are not on node ${nodeName}.`)
  }

  const node = nodeFile?.items.find(({ name }) => name === nodeName) ?? inferNode(nodeName, scan, podsFile.documents)
  const now = new Date().toISOString()
  const documents = [...podsFile.documents, ...(nodeFile?.documents ?? [])]
  const at = (await isLive(options.procRoot)) ? now : (capturedAt(documents) ?? now)
  const context = { at, cluster: { name: null, version: null }, node }
  return { index: indexScan(scan, here), context, wanted }
}

function refuseElsewhere(pod: Pod, nodeName: string): void {
  if (pod.nodeName === nodeName) return
  const where = pod.nodeName === null ? 'is on no node yet' : `is on node ${pod.nodeName}`
  throw new CliError(
    'failed',
    `The pod ${spell(pod)} ${where}; these processes are of node ${nodeName}.`,
    'Run it on the pod’s node.',
  )
}

/** True for the processes of this moment, false for a captured tree. */
async function isLive(procRoot: string): Promise<boolean> {
  return (await statfs(procRoot)).type === PROC_SUPER_MAGIC
}

/** What can be told of a node without its Node object. The runtime stands in front of the ids of its containers. */
function inferNode(name: string, scan: NodeScan, documents: readonly unknown[]): NodeFacts {
  const objects = (documents as { items?: unknown[] }[]).flatMap((document) => document.items ?? [document])
  const pods = (objects as { spec?: { nodeName?: string } }[]).filter(({ spec }) => spec?.nodeName === name)
  const runtime = /"containerID":"([a-z-]+):\/\//.exec(JSON.stringify(pods))?.[1] ?? null
  const unknown = { runtimeVersion: null, kubeletVersion: null, os: null, osImage: null, ready: null }
  return { ...unknown, name, runtime, kernel: scan.kernel }
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))]
}
