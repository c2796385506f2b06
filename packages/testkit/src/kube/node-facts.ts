import type { Store } from './store.ts'

type NodeStatus = {
  addresses?: { type: string; address: string }[]
  nodeInfo?: { containerRuntimeVersion?: string }
}

/** What the API server knows of a node: where its kubelet listens and the name of its runtime. */
export function nodeFacts(store: Store, name: string): { address: string; runtime: string } {
  const status = store.get('nodes', name)?.status as NodeStatus | undefined
  return {
    address: status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '10.0.0.1',
    runtime: status?.nodeInfo?.containerRuntimeVersion?.split('://')[0] ?? 'containerd',
  }
}
