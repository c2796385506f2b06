import { type CaptureName, loadCapture } from '../capture.ts'
import { buildBigNode } from './big-node.ts'
import { buildNode } from './build-pod.ts'
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts'
import { type KubeObject, objectKey } from './kube-object.ts'

/** One capture of each kind of node. */
export const LAB_CAPTURES = ['node3-containerd-cgroup2', 'node4-crio-cgroup2', 'node1-containerd-cgroup1'] as const

export type LabOptions = ClusterOptions & {
  /** Default LAB_CAPTURES. */
  captures?: readonly CaptureName[]
  /** Adds a node `big` with so many processes in pods of the namespace `big`. */
  bigNode?: number
  /** How many of them in each pod. */
  perPod?: number
}

/** A cluster of the captured nodes with their pods; execs read the nodes' captured /proc. */
export async function startLabCluster(options: LabOptions = {}): Promise<Cluster> {
  const cluster = await startCluster(options)
  for (const name of options.captures ?? LAB_CAPTURES) addCapture(cluster, name)
  if (options.bigNode === undefined) return cluster
  const big = buildBigNode('big', options.bigNode, options.perPod)
  cluster.upsertNode(buildNode('big'), big.procRoot)
  cluster.upsertNamespace('big')
  for (const pod of big.pods) cluster.upsertPod(pod)
  return { ...cluster, close: () => cluster.close().finally(big.remove) }
}

/**
 * Puts a captured node and its pods into a cluster. The same node from another capture takes the place of the one
 * before, as time does it: `node3-after-restart` after `node3-containerd-cgroup2`.
 */
export function addCapture(cluster: Cluster, name: CaptureName): void {
  const capture = loadCapture(name)
  const node = JSON.parse(capture.nodeJson) as KubeObject
  const pods = JSON.parse(capture.podsJson) as { items: KubeObject[] }
  cluster.upsertNode(node, capture.procRoot)
  const names = new Set(pods.items.map(objectKey))
  for (const pod of cluster.pods()) {
    if (pod.spec.nodeName === node.metadata.name && !names.has(objectKey(pod))) {
      cluster.deletePod(pod.metadata.namespace ?? '', pod.metadata.name)
    }
  }
  for (const pod of pods.items) {
    cluster.upsertNamespace(pod.metadata.namespace ?? 'default')
    cluster.upsertPod(pod)
  }
}
