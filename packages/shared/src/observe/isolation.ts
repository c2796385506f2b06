import type { ISOLATING_RUNTIMES, Isolation } from '../model/isolation.ts'
import type { ScannedProcess } from '../model/node-scan.ts'
import type { Observation, PodProcess } from '../model/observation.ts'
import { firstProcess } from './first-process.ts'

type IsolatingRuntime = (typeof ISOLATING_RUNTIMES)[number]

/** Names of runtime classes are free, but clusters name them after the handlers, as the projects' own manifests do. */
const CLASS_NAMES: readonly [RegExp, IsolatingRuntime][] = [
  [/(?:^|[-_.])(?:gvisor|runsc)(?:$|[-_.])/, 'gVisor'],
  [/(?:^|[-_.])kata(?:$|[-_.])/, 'Kata Containers'],
]

/** gVisor's kernel and its file server; the virtual machine monitors of Kata and what stands beside them. */
const PROGRAMS: readonly [RegExp, IsolatingRuntime][] = [
  [/^runsc-(?:sandbox|gofer)$/, 'gVisor'],
  [
    /^(?:qemu-system-[a-z0-9_-]+|qemu-kvm|cloud-hypervisor|firecracker|virtiofsd|containerd-shim-kata-v2)$/,
    'Kata Containers',
  ],
]

/** The isolating runtime whose process this is; null for any other process. */
export function isolatingProgram({ argv, comm }: Pick<ScannedProcess, 'argv' | 'comm'>): IsolatingRuntime | null {
  const program = (argv[0] ?? comm).split('/').at(-1) ?? ''
  return PROGRAMS.find(([name]) => name.test(program))?.[1] ?? null
}

/**
 * The process that stands for a sandbox: its first one, but gVisor's kernel where that is among them. The file servers beside it
 * (runsc-gofer) are started before it, each in namespaces of its own; only the kernel is in the pod's network.
 */
export function sandboxProcess<Process extends ScannedProcess>(processes: readonly Process[]): Process | null {
  return processes.find(({ argv }) => argv[0] === 'runsc-sandbox') ?? firstProcess(processes)
}

/**
 * Whether a pod runs behind a kernel of its own: by its runtime class, else by the processes of its sandbox. An app that
 * runs a virtual machine in its own container, as KubeVirt does, is an ordinary container with ordinary namespaces.
 */
export function isolationOf({
  pod,
  processes,
  sandboxes,
}: Pick<Observation, 'pod' | 'processes' | 'sandboxes'>): Isolation | null {
  const { runtimeClassName } = pod
  const named = CLASS_NAMES.find(([name]) => runtimeClassName !== null && name.test(runtimeClassName))
  if (named) return { runtime: named[1], evidence: `spec.runtimeClassName: ${runtimeClassName}` }
  const [ids, firsts] = [new Set(sandboxes.map(({ id }) => id)), new Set(sandboxes.map(({ pid }) => pid))]
  const order = (a: PodProcess, b: PodProcess) => Number(firsts.has(b.pid)) - Number(firsts.has(a.pid)) || a.pid - b.pid
  for (const process of processes.toSorted(order)) {
    const runtime = ids.has(process.containerId) ? isolatingProgram(process) : null
    if (runtime) return { runtime, evidence: `process ${process.pid} (${process.argv[0] ?? process.comm})` }
  }
  return null
}
