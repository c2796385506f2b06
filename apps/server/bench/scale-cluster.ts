/** A cluster of the largest size that Kubernetes is made for, in a process of its own: `scale-cluster.ts PODS NODES FOLDER`. */
import { buildNode, buildPod, startCluster } from '@pausescope/testkit'

const [pods, nodes, folder] = process.argv.slice(2)
const cluster = await startCluster()
const nodeCount = Number(nodes)
for (let at = 0; at < nodeCount; at++) cluster.upsertNode(buildNode(nodeName(at)))
const NAMESPACES = 300
for (let at = 0; at < Number(pods); at++) {
  const id = (which: number) => `${which}${at.toString(16).padStart(63, '0')}`
  const mounts = [
    { name: 'kube-api-access-x7f2p', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
    { name: 'config', mountPath: '/etc/app' },
  ]
  cluster.upsertPod(
    buildPod({
      namespace: `team-${String(at % NAMESPACES).padStart(3, '0')}`,
      name: `service-${at % 977}-7d9c5b6f88-${at.toString(36).padStart(5, '0')}`,
      node: nodeName(at % nodeCount),
      ip: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
      labels: { app: `service-${at % 977}`, 'pod-template-hash': '7d9c5b6f88' },
      containers: [
        { name: 'app', image: `registry.example/team/service-${at % 977}:1.2.3`, id: id(1), volumeMounts: mounts },
        { name: 'proxy', image: 'registry.example/mesh/proxy:1.30.1', id: id(2), volumeMounts: mounts.slice(0, 1) },
      ],
      spec: {
        volumes: [
          { name: 'kube-api-access-x7f2p', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
          { name: 'config', configMap: { name: `service-${at % 977}` } },
        ],
      },
    }),
  )
}
console.log(cluster.writeKubeconfig(folder ?? '.'))
process.stdin.resume().on('end', () => void cluster.close())

function nodeName(at: number): string {
  return `worker-${String(at).padStart(4, '0')}.eu-central-1.compute.internal`
}
