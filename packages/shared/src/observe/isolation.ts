import type { ISOLATING_RUNTIMES, Isolation } from '../model/isolation.ts'
import type { ScannedProcess } from '../model/node-scan.ts'
import type { Observation } from '../model/observation.ts'

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
  const ids = new Set(sandboxes.map(({ id }) => id))
  for (const process of processes.toSorted((a, b) => a.pid - b.pid)) {
    const runtime = ids.has(process.containerId) ? isolatingProgram(process) : null
    if (runtime) return { runtime, evidence: `process ${process.pid} (${process.argv[0] ?? process.comm})` }
  }
  return null
}
