import { type CaptureName, loadCapture } from '../capture.ts'
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts'
import type { KubeObject } from './kube-object.ts'

/** One capture of each kind of node. */
export const LAB_CAPTURES = ['node3-containerd-cgroup2', 'node4-crio-cgroup2', 'node1-containerd-cgroup1'] as const

export type LabOptions = ClusterOptions & {
  /** Default LAB_CAPTURES. */
  captures?: readonly CaptureName[]
}

/** A cluster of the captured nodes with their pods; execs read the nodes' captured /proc. */
export async function startLabCluster(options: LabOptions = {}): Promise<Cluster> {
  const cluster = await startCluster(options)
  for (const name of options.captures ?? LAB_CAPTURES) addCapture(cluster, name)
  return cluster
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
  for (const pod of pods.items) {
    cluster.upsertNamespace(pod.metadata.namespace ?? 'default')
    cluster.upsertPod(pod)
  }
}
