/** What the API server tells of the node of `buildBigNode('big', …)`. */
export const BIG_NODE_CONTEXT = {
  at: '2026-01-01T00:00:00.000Z',
  cluster: { name: null, version: null },
  node: {
    name: 'big',
    runtime: 'containerd',
    runtimeVersion: null,
    kubeletVersion: null,
    kernel: null,
    os: null,
    osImage: null,
    ready: true,
  },
}
