import fc from 'fast-check'
import { NAMESPACE_LINKS, NAMESPACE_TYPES } from '../model/namespace-type.ts'
import type { NodeScan, ScannedProcess } from '../model/node-scan.ts'
import type { Observation } from '../model/observation.ts'
import { CONTAINER_KINDS, type Pod } from '../model/pod.ts'
import { observePod } from '../observe/observe.ts'
import { indexScan } from '../observe/scan-index.ts'
import { CONTEXT, cgroupLine, container, containerId, node, pod, scan } from './domain-builders.ts'

const UIDS = ['697a076d-3051-4e1a-8627-4cd5ffe8a034', 'f57caa45-724f-4328-bc2e-b81a1220cf47'] as const
const IDS = ['a', 'b', 'c', 'd', 'e'].map(containerId)
const uid = fc.constantFrom(...UIDS)
const id = fc.constantFrom(...IDS)
const inode = fc.integer({ min: 4026531834, max: 4026531842 })
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('pause', '/pause', '', ') S 1 (', 'a\nb'),
)

const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(id, uid).map(([container, of]) => cgroupLine(container, of)) },
  uid.map((of) => `0::/kubepods/pod${of}`),
  fc.tuple(id, uid).map(([container, of]) => `0::/kubepods/pod${of}/crio-conmon-${container}`),
  text.map((junk) => `0::/${junk}`),
)

const scanned: fc.Arbitrary<ScannedProcess> = fc
  .record({
    pid: fc.integer({ min: 1, max: 60 }),
    ppid: fc.integer({ min: 0, max: 60 }),
    starttime: fc.integer({ min: 0, max: 20 }),
    state: fc.constantFrom('S', 'R', 'Z', 'X'),
    uid: fc.option(fc.nat()),
    nspid: fc.array(fc.nat(), { maxLength: 3 }),
    comm: text,
    argv: fc.array(text, { maxLength: 3 }),
    kernelThread: fc.boolean(),
    cgroup: fc.array(line, { maxLength: 2 }),
    ns: fc.record(Object.fromEntries(NAMESPACE_LINKS.map((name) => [name, inode])), { requiredKeys: [] }),
    unreadable: fc.constantFrom('denied' as const, 'gone' as const, undefined),
  })
  .map(({ unreadable, ...process }) => (unreadable ? { ...process, unreadable } : process))

/** Scans of a node with processes of two pods, and anything for names. For tests only. */
export const scans: fc.Arbitrary<NodeScan> = fc
  .record({
    processes: fc.array(scanned, { maxLength: 25 }),
    pins: fc.array(
      fc.record({
        id: fc.record({ type: fc.constantFrom(...NAMESPACE_TYPES), inode, device: fc.constant(4) }),
        path: text,
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ processes, pins }) => scan(processes, { pins }))

const containers = fc.uniqueArray(
  fc.record({
    name: text,
    kind: fc.constantFrom(...CONTAINER_KINDS),
    id: fc.option(id),
    privileged: fc.boolean(),
    targetContainerName: fc.option(text),
    state: fc.constantFrom({ kind: 'running' as const, startedAt: null }, { kind: 'unknown' as const }),
  }),
  { selector: ({ name }) => name, maxLength: 4 },
)

const flags = {
  hostNetwork: fc.boolean(),
  hostPID: fc.boolean(),
  hostIPC: fc.boolean(),
  shareProcessNamespace: fc.boolean(),
}
/** Pods of every shape, whose containers such scans may hold. For tests only. */
export const pods: fc.Arbitrary<Pod> = fc
  .record({ ...flags, hostUsers: fc.option(fc.boolean()), containers })
  .map(({ containers: list, ...spec }) =>
    pod(
      list.map(({ name, ...more }) => container(name, more)),
      spec,
    ),
  )
export const runtimes = fc.option(fc.constantFrom('containerd', 'cri-o', 'docker'))

/** A pod in a scan. For tests only. */
export function observe(of: Pod, seen: NodeScan, runtime: string | null): Observation {
  const other = pod([], { name: 'other', uid: UIDS[1] })
  return observePod(indexScan(seen, [of, other]), of, { ...CONTEXT, node: node({ runtime }) })
}
