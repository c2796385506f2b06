import { NAMESPACE_TYPES, type NamespaceType } from '../../model/namespace-type.ts'

/** Every text of the picture in English; the shape is the catalogue's type. Kernel terms stay in every language. */
export const pictureWords = {
  title: (pod: string) => `Linux namespaces of pod ${pod}`,
  subtitle: {
    cluster: (name: string) => `cluster ${name}`,
    node: (name: string) => `node ${name}`,
    cgroup: (version: string) => `cgroup ${version}`,
    kubernetes: (version: string) => `Kubernetes ${version}`,
    noNode: 'on no node yet',
    runtimeClass: (name: string) => `runtime class ${name}`,
    isolation: (runtime: string) => `${runtime}: the node’s view does not describe what the app sees`,
  },
  columns: {
    own: 'Containers, and what is theirs alone',
    unscanned: 'Containers, as the API server tells them',
    pod: 'Shared by the pod',
    foreign: 'Shared beyond the pod',
    node: 'The node’s',
  },
  /** The drawing of boxes in boxes. */
  nested: {
    node: (name: string) => `Node ${name}`,
    pod: (name: string) => `Pod ${name}`,
    pods: 'the pod’s',
    foreign: 'beyond',
    nodes: 'the node’s',
    legend: {
      filled: 'Filled: the pod’s.',
      outlined: 'Outlined: the container’s alone.',
      equal: 'Each container names the namespace it is in, of each type; equal marks are equal inodes.',
    },
  },
  kinds: {
    sandbox: 'sandbox',
    init: 'init container',
    sidecar: 'native sidecar',
    app: null,
    ephemeral: 'ephemeral container',
    unknown: 'not named by the API server',
  },
  pid: (pid: number) => `PID ${pid}`,
  restarts: (count: number) => (count === 1 ? '1 restart' : `${count} restarts`),
  lastExit: (reason: string | null, exitCode: number | null) => `last one: ${endText(reason, exitCode)}`,
  state: {
    running: 'running',
    runningUnseen: 'running, says the API server',
    waiting: (reason: string | null) => (reason ? `waiting: ${reason}` : 'waiting'),
    finished: 'finished, exit code 0',
    crashed: endText,
    unknown: 'state unknown',
    noProcess: 'no process, so in no namespace',
    unseen: 'no process of it was seen',
    inside: (runtime: string) => `running inside ${runtime}`,
    insideNote: 'out of the node’s sight',
    notScanned: 'namespaces not read',
  },
  held: {
    pause: (pid: number) => `held by pause, PID ${pid}`,
    pauseNote: 'They live as long as pause does: a container may die, these stay.',
    pin: (runtime: string | null) => `pinned by ${runtime ?? 'the runtime'}`,
    noPause: 'no pause process',
    pinNote: 'Bind mounts keep them: a container may die, these stay.',
    process: (name: string, pid: number) => `held by ${name}, PID ${pid}`,
    processNote: 'Gone when the last process in it ends.',
    unseen: 'held by something this scan did not see',
    node: 'held by the node',
    perhapsNode: 'perhaps the node’s, which is not known',
  },
  alsoPinned: 'also pinned:',
  /** For a pod in the moment when it has two. */
  sandboxId: (id: string) => `sandbox ${id.slice(0, 12)}`,
  someMembers: (members: number, all: number) => `${members} of ${all} containers`,
  foreignNote: 'Not the node’s, yet processes outside this pod are in them too.',
  foreignNoteUnsure:
    'Processes outside this pod were in them first. The node’s own are not known, so these may be the node’s.',
  nodeNoteLent: (node: string) =>
    `Those the machine started with, as PID 2 has them: PID 1 on ${node} was not readable.`,
  nodeNote: (node: string) => `Those of PID 1 on ${node}, for all that get none of their own.`,
  /** Who else is in a namespace, outside the pod: one line for each. */
  others: (processes: number, pods: number) =>
    pods === 0
      ? [`also ${plural(processes, 'process', 'processes')}`]
      : [`also ${plural(processes, 'process', 'processes')},`, plural(pods, 'other pod', 'other pods')],
  fact: (type: NamespaceType, fact: string) => (type === 'uts' ? `hostname ${fact}` : fact),
  nothingShared: 'Nothing: this pod has no namespace that its containers share among themselves.',
  sharedInside: (runtime: string) => `Not seen from the node: what they share is inside ${runtime}.`,
  nothingAlive: 'Nothing: no container of this pod has a process.',
  nodeUnknown: 'Not known: PID 1 could not be read.',
  nothingOfNode: 'Nothing: no container of this pod is in a namespace of the node.',
  madeInside: (who: string) => `made inside by ${who}`,
  madeInsideUnknown: 'a process',
  unreadable: (types: readonly NamespaceType[]) =>
    types.length === NAMESPACE_TYPES.length
      ? 'none of its namespaces could be read'
      : `not readable: ${types.join(', ')}`,
  notScannedTitle: 'The node was not scanned',
  notScanned:
    'The containers are drawn as the API server tells them. Which namespaces they are in is not known, so none is drawn.',
  legend: {
    solid: 'Solid: this pod’s.',
    dashed: 'Dashed: the node’s.',
    dotted: 'Dotted: shared beyond the pod.',
    fresh: 'Plus: new since the moment before.',
    equal: 'Two containers meet in one namespace because the kernel gave both the same inode.',
    measured: 'Measured on the node, nothing assumed.',
  },
  /** The layer of files: volumes in several containers. */
  files: {
    title: 'Shared files, not a shared namespace',
    note: 'Volumes, as the pod’s spec mounts them.',
    ends: 'Filled end: may write.',
    none: 'None is in two containers, as far as the spec is known.',
    alone: (names: readonly string[]) => `In one alone: ${names.join(', ')}.`,
    readOnly: 'read-only',
    morePaths: (count: number) => `and ${plural(count, 'more path', 'more paths')}`,
  },
  volumes: {
    emptyDir: 'emptyDir',
    configMap: 'ConfigMap',
    secret: 'Secret',
    projected: 'projected',
    serviceAccount: 'service account token',
    downwardAPI: 'downward API',
    persistentVolumeClaim: 'PersistentVolumeClaim',
    ephemeral: 'generic ephemeral',
    hostPath: 'hostPath',
    csi: 'CSI',
    nfs: 'NFS',
    image: 'image',
    other: 'volume',
  },
  noFindings: 'Findings: none, all is as the pod’s spec predicts.',
  noFindingsInPart: 'Findings: none in what could be read.',
  gaps: 'What could not be seen',
  /** Accessible names. */
  label: {
    container: (name: string, kind: string, state: string, place: string) => `${kind} ${name}, ${state}, ${place}`,
    containerWord: 'container',
    inNamespaces: (count: number) => `in ${plural(count, 'namespace', 'namespaces')}`,
    own: (container: string) => `${container}’s alone`,
    nested: (container: string, who: string) => `made inside ${container} by ${who}`,
    pod: (members: number) =>
      members === 1 ? 'the pod’s, with 1 container in it' : `shared by ${members} containers of the pod`,
    foreign: (members: number) =>
      `shared by ${plural(members, 'container', 'containers')} of the pod with processes outside it`,
    node: (members: number) => `the node’s, with ${plural(members, 'container', 'containers')} of the pod in it`,
    link: (container: string, namespace: string) => `${container} is in ${namespace}`,
    finding: (number: number) => `finding ${number}`,
    fresh: 'new',
  },
  describe: {
    opening: (pod: string, where: string) => `Namespaces of the containers of pod ${pod}: ${where}.`,
    own: (container: string, namespaces: string) => `${container} has for itself: ${namespaces}.`,
    shared: (namespace: string, members: string) => `${namespace}: ${members}.`,
  },
}

export type PictureWords = typeof pictureWords

/** `OOMKilled, exit code 137` */
function endText(reason: string | null, exitCode: number | null): string {
  return [reason ?? 'ended', exitCode === null ? 'exit code unknown' : `exit code ${exitCode}`].join(', ')
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
