import type { PodGraph } from '../graph/graph-types.ts'
import { container, NODE_NAMESPACES } from './domain-builders.ts'
import { type ContainerSketch, type GraphSketch, sketchGraph } from './graph-builder.ts'

const NODES = { user: NODE_NAMESPACES.user, time: NODE_NAMESPACES.time }
const SHARED = { net: 4026533353, uts: 4026533475, ipc: 4026533476 }
const own = (first: number) => ({ mnt: first, pid: first + 1, cgroup: first + 2 })
const FACTS = { [SHARED.net]: ['10.244.1.2'], [SHARED.uts]: ['myweb2'] }

const PAUSE: ContainerSketch = {
  name: 'pause',
  kind: 'sandbox',
  ns: { ...SHARED, ...NODES, mnt: 4026533474, pid: 4026533477, cgroup: NODE_NAMESPACES.cgroup },
}
const NGINX: ContainerSketch = { name: 'myweb2-nginx', image: 'nginx', ns: { ...SHARED, ...NODES, ...own(4026533478) } }
const NETSHOOT: ContainerSketch = {
  name: 'myweb2-netshoot',
  image: 'nicolaka/netshoot',
  ns: { ...SHARED, ...NODES, ...own(4026533481) },
}
const DEAD: readonly ContainerSketch[] = [
  {
    name: 'setup',
    kind: 'init',
    image: 'busybox:1.36',
    pid: null,
    state: { kind: 'terminated', reason: 'Completed', exitCode: 0, finishedAt: null },
  },
  {
    name: 'crasher',
    image: 'busybox:1.36',
    pid: null,
    restarts: 10,
    lastExit: { reason: 'Error', exitCode: 3, finishedAt: null },
    state: { kind: 'waiting', reason: 'CrashLoopBackOff', message: null },
  },
  {
    name: 'killed',
    image: 'busybox:1.36',
    pid: null,
    state: { kind: 'terminated', reason: 'OOMKilled', exitCode: 137, finishedAt: null },
  },
  {
    name: 'nope',
    image: 'no.such/image',
    pid: null,
    state: { kind: 'waiting', reason: 'ImagePullBackOff', message: null },
  },
]
const PIN = 'a19c3f52-6b1d-4f0e-9f57-2d8f6c1b7e90'

const SKETCHES = {
  /** The seed story's pod. */
  seed: { containers: [PAUSE, NGINX, NETSHOOT], facts: FACTS, pins: { [SHARED.net]: `/run/netns/cni-${PIN}` } },
  crio: {
    runtime: 'cri-o',
    containers: [NGINX, NETSHOOT],
    facts: FACTS,
    pins: {
      [SHARED.net]: `/run/netns/${PIN}`,
      [SHARED.uts]: `/run/utsns/${PIN}`,
      [SHARED.ipc]: `/run/ipcns/${PIN}`,
    },
  },
  dead: {
    containers: [PAUSE, ...DEAD],
    facts: FACTS,
    pins: { [SHARED.net]: '/run/netns/x', [SHARED.uts]: '/run/utsns/x', [SHARED.ipc]: '/run/ipcns/x' },
  },
  ephemeral: {
    containers: [
      PAUSE,
      NGINX,
      {
        name: 'debugger',
        kind: 'ephemeral',
        image: 'busybox:1.36',
        ns: { ...NGINX.ns, mnt: 4026533491, cgroup: 4026533492 },
      },
    ],
    facts: FACTS,
    nested: [{ type: 'net', inode: 4026533600, container: 'myweb2-nginx', by: 'unshare --net sleep infinity' }],
    findings: [
      {
        code: 'nested-namespace',
        severity: 'note',
        about: ['container:myweb2-nginx', 'net:[4026533600]'],
        text: 'In container myweb2-nginx, process 4321 (unshare) made net:[4026533600]: it is not in the container’s own net namespace.',
      },
    ],
  },
  beyond: {
    containers: [PAUSE, { ...NGINX, ns: { ...NGINX.ns, net: 4026539999 } }],
    facts: FACTS,
    foreign: [4026539999],
    findings: [
      {
        code: 'differs',
        severity: 'warning',
        about: ['container:myweb2-nginx', 'net:[4026539999]'],
        text: 'Container myweb2-nginx: the spec predicts the sandbox’s for the net namespace, but it is in net:[4026539999], which is held outside the pod (kube-system/vpn).',
      },
    ],
  },
  partial: {
    containers: [PAUSE, NGINX, { name: 'locked', image: 'vault', ns: {} }],
    facts: FACTS,
    gaps: [
      {
        code: 'links-denied',
        count: 1,
        detail: 'The namespaces of 1 process could not be read: not permitted. Give the helper SYS_PTRACE.',
      },
    ],
  },
  unscanned: {
    scanned: false,
    containers: [{ ...NGINX, pid: null }, ...DEAD],
    gaps: [{ code: 'no-scan', count: 0, detail: 'There is no helper on node3, and nobody agreed to make one.' }],
  },
  /** The API server is behind the node: it does not name a container that runs, and one has been restarted. */
  behind: {
    containers: [
      PAUSE,
      { ...NGINX, restarts: 2, lastExit: { reason: 'OOMKilled', exitCode: 137, finishedAt: null } },
      { ...NETSHOOT, name: 'unknown container 4f1d3a7c9b2e', kind: 'unknown', image: null },
    ],
    facts: FACTS,
    findings: [
      {
        code: 'unknown-container',
        severity: 'note',
        about: ['unknown:unknown container 4f1d3a7c9b2e'],
        text: 'Container 4f1d3a7c9b2e (process 822) runs in the pod, but no container status names it: the API server may be behind. Look again in a moment.',
      },
    ],
  },
  isolated: {
    isolation: { runtime: 'gVisor', evidence: 'spec.runtimeClassName: gvisor' },
    pod: { runtimeClassName: 'gvisor' },
    containers: [
      { ...PAUSE, name: 'gVisor sandbox' },
      { ...NGINX, pid: null },
      { ...NETSHOOT, pid: null, restarts: 1, lastExit: { reason: 'Completed', exitCode: 0, finishedAt: null } },
    ],
    findings: [
      {
        code: 'isolated',
        severity: 'note',
        about: ['sandbox:gVisor sandbox', 'container:myweb2-nginx', 'container:myweb2-netshoot'],
        text: 'This pod runs under gVisor (spec.runtimeClassName: gvisor), with a kernel of its own between its apps and the node. The node’s view does not describe what the app sees: what is drawn are the namespaces of the runtime’s own processes, and nothing is predicted or compared.',
      },
    ],
  },
  hostile: {
    pod: { name: '</text><script>alert(1)</script>&"\'', hostname: '\u202eevil\u0000\u001b[31m' },
    containers: [
      { ...PAUSE, name: '\u001b[2J\u0007\ud800 ]]>' },
      {
        ...NGINX,
        name: 'a\u0301\u0302\u0303\u0304\u0305\u0306zalgo\ufdfd\u{1242b}',
        image: '\u200b\ufffe\u{10ffff}"><image href=x>',
      },
    ],
    facts: { [SHARED.net]: ['\u2028\u2029\u0085', '--><!--'], [SHARED.uts]: ['\u202e\u0000'] },
    findings: [{ code: 'x', severity: 'warning', about: ['container:nobody'], text: '<b>\u0000\u202e</b>'.repeat(40) }],
  },
} as const satisfies Record<string, GraphSketch>

export type SketchName = keyof typeof SKETCHES
export const SKETCH_NAMES = Object.keys(SKETCHES) as SketchName[]

/** Graphs of every kind a picture must show. For tests only. */
export function sketchOf(name: SketchName): PodGraph {
  return sketchGraph(SKETCHES[name])
}

/** A pod of many containers. For tests only. */
export function crowd(count: number): PodGraph {
  const workers = Array.from({ length: count }, (_, index): ContainerSketch => {
    const ns = { ...SHARED, ...NODES, ...own(4026534000 + index * 3) }
    return { name: `worker-${index}`, image: 'registry.example/worker:1.2.3', ns }
  })
  return sketchGraph({ containers: [PAUSE, ...workers], facts: FACTS })
}

/** The same pod with volumes: two that its containers share, one that is in one of them alone. For tests only. */
export function withVolumes(graph: PodGraph): PodGraph {
  const volumes = [
    { name: 'work', kind: 'emptyDir' },
    { name: 'settings-of-the-web-server-and-its-modules', kind: 'configMap', ref: 'nginx-conf' },
    { name: 'kube-api-access-x2k4v', kind: 'serviceAccount' },
  ] as const
  const apps = graph.containers.filter(({ kind }) => kind !== 'sandbox' && kind !== 'unknown')
  const containers = apps.map(({ name, image, restarts }, index) => ({
    ...container(name, { restartCount: restarts, image: image ?? '' }),
    volumeMounts: [
      {
        volume: 'work',
        path: index === 0 ? '/usr/share/nginx/html' : '/srv/content',
        ...(index === 0 ? { readOnly: true } : {}),
      },
      ...(index === 0 ? [{ volume: 'settings-of-the-web-server-and-its-modules', path: '/etc/nginx/conf.d' }] : []),
      { volume: 'kube-api-access-x2k4v', path: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
    ],
  }))
  const { observation } = graph
  return { ...graph, observation: { ...observation, pod: { ...observation.pod, containers, volumes: [...volumes] } } }
}
