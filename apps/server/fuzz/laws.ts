import {
  type GraphContainer,
  NAMESPACE_TYPES,
  type NodeScan,
  type Observation,
  type Pod,
  type PodGraph,
  podName,
  type ScannedProcess,
} from '@pausescope/shared'

/**
 * What must hold for one pod, whatever the scan: said anew and as plainly as can be, from the scan itself. Links are the
 * inodes of first processes; whoever is drawn in a container has its id and its pod in a line of its cgroup; what
 * differs from the spec, or from the API server's word, is told.
 * @param drawnLinks `CONTAINER NAMESPACE` for each line of the picture.
 */
export function brokenGraphLaws(scan: NodeScan, graph: PodGraph, drawnLinks: readonly string[]): string[] {
  const { containers, findings, namespaces, observation } = graph
  const byPid = new Map(scan.processes.map((process) => [process.pid, process]))
  const inodeOf = ({ pid }: GraphContainer, type: (typeof NAMESPACE_TYPES)[number]) =>
    pid === null ? undefined : byPid.get(pid)?.ns[type]
  // Of a type that no process has it is said once, that the kernel lacks it.
  const isLacking = graph.gaps.some(({ code }) => code === 'kernel-lacks-type')
  const isDue = (type: (typeof NAMESPACE_TYPES)[number]) =>
    !isLacking || scan.processes.some(({ ns }) => ns[type] !== undefined)
  const isTold = (code: string, ...keys: string[]) =>
    findings.some((finding) => finding.code === code && keys.every((key) => finding.about.includes(key)))
  const broken: string[] = []

  for (const a of containers) {
    for (const b of containers) {
      for (const type of NAMESPACE_TYPES) {
        const linked = namespaces.some(
          ({ id, nested, members }) =>
            id.type === type && !nested && members.includes(a.key) && members.includes(b.key),
        )
        const same = inodeOf(a, type) !== undefined && inodeOf(a, type) === inodeOf(b, type)
        if (linked !== same) broken.push(`${a.key} and ${b.key}: linked to one ${type} ${linked}, same inode ${same}`)
      }
    }
    for (const process of a.processes) {
      const scanned = byPid.get(process.pid)
      if (!scanned || !isNamed(scanned, a, observation.pod)) broken.push(`${a.key} has a stranger: ${process.pid}`)
    }
    for (const { agrees, namespace } of a.memberships) {
      if (agrees === false && !isTold('differs', a.key, namespace)) {
        broken.push(`${a.key} is not where it should be, ${namespace}, and no finding tells it`)
      }
    }
    const isUnseen = a.kind !== 'sandbox' && a.state.kind === 'running' && a.pid === null
    if (isUnseen && !isTold('status-behind', a.key) && !isTold('isolated', a.key)) {
      broken.push(`${a.key} runs, was not seen, and no finding tells it`)
    }
    if (graph.isolation && a.kind !== 'sandbox' && a.memberships.length > 0) {
      broken.push(`${a.key} lives in a kernel of its own and is drawn in namespaces of the node`)
    }
    const said = new Set([...a.memberships, ...a.unreadable].map(({ type }) => type))
    if (a.pid !== null && NAMESPACE_TYPES.some((type) => isDue(type) && !said.has(type))) {
      broken.push(`${a.key} has types of which nothing is said`)
    }
  }
  const expected = namespaces.flatMap(({ key, scope, members }) =>
    scope === 'own' ? [] : members.map((member) => `${member} ${key}`),
  )
  if (expected.sort().join('\n') !== drawnLinks.toSorted().join('\n')) broken.push('The drawn links are not the links.')
  return broken
}

/** A line of the process names the container, now or before, and the pod. */
function isNamed({ cgroup }: ScannedProcess, { containerId, key }: GraphContainer, pod: Pod): boolean {
  const spec = pod.containers.find(({ name }) => key === `container:${name}`)
  const ids = [containerId, spec?.previousId].filter((id) => typeof id === 'string')
  const uids = [pod.uid, pod.uid.replaceAll('-', '_'), pod.configHash].filter((uid) => uid !== null)
  return cgroup.some((line) => ids.some((id) => line.includes(id)) && uids.some((uid) => line.includes(uid)))
}

/** What must hold across pods: nobody is in two containers, and nobody whose cgroup is beyond doubt is lost. */
export function brokenNodeLaws(scan: NodeScan, observations: readonly Observation[]): string[] {
  const places = new Map<number, string>()
  const broken: string[] = []
  for (const { pod, processes } of observations) {
    for (const { pid, containerId } of processes) {
      if (places.has(pid)) broken.push(`process ${pid} is in two pods`)
      places.set(pid, `${podName(pod)} ${containerId}`)
    }
  }
  for (const { pid, cgroup } of scan.processes) {
    for (const { pod } of observations) {
      for (const { id } of pod.containers) {
        if (id === null || !isPlain(cgroup, pod.uid, id)) continue
        if (places.get(pid) !== `${podName(pod)} ${id}`)
          broken.push(`process ${pid} of ${podName(pod)} is not in ${id}`)
      }
    }
  }
  return broken
}

/** Every line that speaks of a pod is in the plainest form there is, and names this container. */
function isPlain(lines: readonly string[], uid: string, id: string): boolean {
  const slice = uid.replaceAll('-', '_')
  const plain = new RegExp(
    `^\\d+:[^:]*:(?:/node1)?(?:/kubepods(?:/besteffort|/burstable)?/pod${uid}/${id}|/kubepods\\.slice/(?:kubepods-(?:besteffort|burstable)\\.slice/)?kubepods(?:-besteffort|-burstable)?-pod${slice}\\.slice/(?:cri-containerd|crio)-${id}\\.scope)$`,
  )
  const speaking = lines.filter((line) => line.includes('pod'))
  return speaking.length > 0 && speaking.every((line) => plain.test(line))
}
