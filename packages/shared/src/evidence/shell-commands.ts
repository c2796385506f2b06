import type { GraphContainer, GraphNamespace, PodGraph } from '../graph/graph-types.ts'
import type { NamespaceType } from '../model/namespace-type.ts'
import type { SceneRef } from '../picture/scene.ts'
import { shellLine } from './shell-quote.ts'

/** What a command shows; the page says it in words. */
export const SHELL_TOPICS = [
  'namespacesOf',
  'namespacesOfType',
  'processesIn',
  'links',
  'numbers',
  'children',
  'cgroup',
  'enter',
  'addresses',
  'routes',
  'sockets',
  'descriptors',
  'mounts',
  'groups',
  'pin',
  'inspect',
  'inspectSandbox',
  'containerIds',
  'link',
  'look',
  'debug',
  'debugNode',
] as const
export type ShellTopic = (typeof SHELL_TOPICS)[number]

/** A command for a shell, with the pod's own names and numbers. `words` is what sh makes of `text`. */
export type ShellCommand = { topic: ShellTopic; words: readonly string[]; text: string }

/** For who has a root shell on the node, and for who has kubectl alone. */
export type ShellCommands = { node: readonly ShellCommand[]; kubectl: readonly ShellCommand[] }

type Draft = readonly [ShellTopic, ...string[]]

/** The image for debugging; any with a shell will do. */
const DEBUG_IMAGE = 'busybox'

/** The commands that show by hand what is known of a container, a namespace, or one container in one namespace. */
export function shellCommands(graph: PodGraph, ref: SceneRef): ShellCommands {
  const container = 'key' in ref ? ref.key : ref.container
  const inContainer = graph.containers.find(({ key }) => key === container)
  const namespace = graph.namespaces.find(({ key }) => key === ('key' in ref ? ref.key : ref.namespace))
  if (ref.kind === 'container' && inContainer) return finish(ofContainer(graph, inContainer))
  if (ref.kind === 'namespace' && namespace) return finish(ofNamespace(graph, namespace))
  if (ref.kind === 'link' && inContainer && namespace) return finish(ofLink(graph, inContainer, namespace))
  return { node: [], kubectl: [] }
}

type Drafts = { node: readonly Draft[]; kubectl: readonly Draft[] }

function finish({ node, kubectl }: Drafts): ShellCommands {
  const line = ([topic, ...words]: Draft): ShellCommand[] => {
    const text = shellLine(words)
    return text === null ? [] : [{ topic, words, text }]
  }
  return { node: node.flatMap(line), kubectl: kubectl.flatMap(line) }
}

function ofContainer(graph: PodGraph, container: GraphContainer): Drafts {
  const { pid, containerId, kind } = container
  const isSandbox = kind === 'sandbox'
  const id = containerId !== null && isPlainId(containerId) ? containerId : null
  return {
    node: [
      ...(pid === null
        ? []
        : ([
            ['namespacesOf', 'lsns', '-p', `${pid}`],
            ['links', 'ls', '-l', `/proc/${pid}/ns`],
            ['numbers', 'grep', '-E', '^(Name|NSpid)', `/proc/${pid}/status`],
            ['children', 'ps', '-o', 'pid,ppid,user,args', '-p', `${pid}`, '--ppid', `${pid}`],
            ['cgroup', 'cat', `/proc/${pid}/cgroup`],
            ['enter', 'nsenter', '-t', `${pid}`, '-n', 'ip', 'addr'],
            ['descriptors', 'ls', '-l', `/proc/${pid}/fd`],
            ['mounts', 'findmnt', '--task', `${pid}`],
          ] satisfies Draft[])),
      ...(id === null
        ? []
        : ([
            [isSandbox ? 'inspectSandbox' : 'inspect', 'crictl', isSandbox ? 'inspectp' : 'inspect', id],
          ] satisfies Draft[])),
      ...(isSandbox ? [] : inspectSandbox(graph)),
    ],
    kubectl: [
      containerIds(graph),
      ...inside(graph, container, 'links', ['ls', '-l', '/proc/self/ns']),
      ...debug(graph, container),
      ...onNode(graph, pid, (on) => ['lsns', '-p', `${on}`]),
    ],
  }
}

function ofNamespace(graph: PodGraph, { id: { type, inode }, members, census, holder }: GraphNamespace): Drafts {
  const inIt = graph.containers.filter(({ key }) => members.includes(key))
  const pids = inIt.flatMap(({ pid }) => pid ?? [])
  const target = pids[0] ?? census?.lowest?.pid ?? null
  const pins = holder?.kind === 'pin' ? holder.paths : (census?.pins.map(({ path }) => path) ?? [])
  const pin = pins.find((path) => path.startsWith('/'))
  return {
    node: [
      ['namespacesOfType', 'lsns', '-t', type],
      ['processesIn', 'lsns', `${inode}`],
      ...(pids.length === 0
        ? []
        : ([['link', 'readlink', ...pids.map((pid) => `/proc/${pid}/ns/${type}`)]] satisfies Draft[])),
      ...(target === null ? [] : lookInside(type, target)),
      ...(pin === undefined ? [] : ([['pin', 'stat', '-c', '%i', pin]] satisfies Draft[])),
    ],
    kubectl: [
      ...inIt.flatMap((one) => inside(graph, one, 'link', ['readlink', `/proc/self/ns/${type}`])),
      ...inIt.flatMap((one) => inside(graph, one, 'look', LOOK[type])).slice(0, 1),
      ...onNode(graph, target, (pid) => ['readlink', `/proc/${pid}/ns/${type}`]),
    ],
  }
}

function ofLink(graph: PodGraph, container: GraphContainer, { id: { type } }: GraphNamespace): Drafts {
  const { pid } = container
  return {
    node:
      pid === null
        ? []
        : [
            ['link', 'readlink', `/proc/${pid}/ns/${type}`],
            ['namespacesOf', 'lsns', '-p', `${pid}`, '-t', type],
            ...lookInside(type, pid),
          ],
    kubectl: [
      ...inside(graph, container, 'link', ['readlink', `/proc/self/ns/${type}`]),
      ...inside(graph, container, 'look', LOOK[type]),
      ...onNode(graph, pid, (on) => ['readlink', `/proc/${on}/ns/${type}`]),
    ],
  }
}

/** What shows in a container what its namespace of the type isolates. */
const LOOK: Record<NamespaceType, readonly string[]> = {
  cgroup: ['cat', '/proc/self/cgroup'],
  ipc: ['ipcs'],
  mnt: ['cat', '/proc/self/mountinfo'],
  net: ['ip', 'addr'],
  pid: ['ps', '-ef'],
  time: ['cat', '/proc/self/timens_offsets'],
  user: ['cat', '/proc/self/uid_map'],
  uts: ['hostname'],
}

/** The same from the node: through the process, or in its namespace with the node's programs. */
function lookInside(type: NamespaceType, pid: number): Draft[] {
  const target = ['nsenter', '-t', `${pid}`]
  const file = (name: string): Draft[] => [['look', 'cat', `/proc/${pid}/${name}`]]
  switch (type) {
    case 'net':
      return [
        ['addresses', ...target, '-n', 'ip', 'addr'],
        ['routes', ...target, '-n', 'ip', 'route'],
        ['sockets', ...target, '-n', 'ss', '-tunap'],
      ]
    case 'uts':
      return [['enter', ...target, '-u', 'hostname']]
    case 'ipc':
      return [['enter', ...target, '-i', 'ipcs']]
    case 'pid':
      // The node's ps with a /proc of that namespace: the image may have no ps.
      return [['enter', ...target, '-p', 'unshare', '--mount-proc', 'ps', '-ef']]
    case 'mnt':
      return [['mounts', 'findmnt', '--task', `${pid}`], ...file('mountinfo')]
    case 'cgroup':
      return file('cgroup')
    case 'user':
      return [...file('uid_map'), ['groups', 'cat', `/proc/${pid}/gid_map`]]
    case 'time':
      return file('timens_offsets')
  }
}

/** `pod/NAME` and `--flag=VALUE`: no name can pass for an option. */
function podWords({ observation: { pod } }: PodGraph): [string, string] {
  return [`pod/${pod.name}`, `--namespace=${pod.namespace}`]
}

function containerIds(graph: PodGraph): Draft {
  const [pod, namespace] = podWords(graph)
  const each = (list: string) => `{range .status.${list}[*]}{.name}{"\\t"}{.containerID}{"\\n"}{end}`
  const lists = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'].map(each).join('')
  return ['containerIds', 'kubectl', 'get', pod, namespace, '-o', `jsonpath=${lists}`]
}

/** A command in the container, where it is one that kubectl can reach and it runs. */
function inside(graph: PodGraph, container: GraphContainer, topic: ShellTopic, words: readonly string[]): Draft[] {
  const { kind, name, state } = container
  if (kind === 'sandbox' || kind === 'unknown' || state.kind !== 'running') return []
  const [pod, namespace] = podWords(graph)
  return [[topic, 'kubectl', 'exec', pod, namespace, `--container=${name}`, '--', ...words]]
}

/**
 * A container of our own beside it, in its PID namespace: for images without a shell. With the profile that Pod Security admits
 * at `baseline`; kubectl warns of none.
 */
function debug(graph: PodGraph, { kind, name, state }: GraphContainer): Draft[] {
  if ((kind !== 'app' && kind !== 'sidecar') || state.kind !== 'running') return []
  const [pod, namespace] = podWords(graph)
  return [
    [
      'debug',
      'kubectl',
      'debug',
      '-it',
      pod,
      namespace,
      `--image=${DEBUG_IMAGE}`,
      `--target=${name}`,
      '--profile=baseline',
      '--',
      'ps',
      '-ef',
    ],
  ]
}

/** The node's own programs through a pod on the node: its files are below /host there. */
function onNode(graph: PodGraph, pid: number | null, words: (pid: number) => readonly string[]): Draft[] {
  const node = graph.observation.pod.nodeName
  if (node === null || pid === null) return []
  const debugger_ = ['kubectl', 'debug', `node/${node}`, '-it', `--image=${DEBUG_IMAGE}`, '--profile=sysadmin']
  return [['debugNode', ...debugger_, '--', 'chroot', '/host', ...words(pid)]]
}

function inspectSandbox({ observation: { sandboxes } }: PodGraph): Draft[] {
  return sandboxes
    .filter(({ id }) => isPlainId(id))
    .map(({ id }): Draft => ['inspectSandbox', 'crictl', 'inspectp', id])
}

/** What cannot pass for an option. */
function isPlainId(id: string): boolean {
  return /^[0-9a-zA-Z]/.test(id)
}
