import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Observation } from '../model/observation.ts'
import { recordingOf } from '../model/recording-of.ts'
import { container } from '../test/domain-builders.ts'
import { sketchOf } from '../test/graph-sketches.ts'
import { redactObservation, redactRecording } from './redact-recording.ts'

const base = sketchOf('seed').observation
const name = fc.stringMatching(/^zq[a-z0-9]{4,12}(-[a-z0-9]{1,8})?$/)
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`))
/** None that is, or is a part of, one of our own examples. */
const address = fc
  .oneof(fc.ipV4(), fc.ipV6())
  .filter((text) => text.length > '240.0.0.0'.length && !/^(?:192\.0\.2|240\.\d+\.\d+)\.\d+$|^2001:db8::/.test(text))

const secrets = fc.record({
  node: name,
  host: name,
  cluster: name,
  other: name,
  registry: name,
  argument: name,
  pin: name,
  uid: fc.uuid(),
  id: hex(64),
  unknown: hex(64),
  address,
  peer: address,
})
type Secrets = typeof secrets extends fc.Arbitrary<infer Values> ? Values : never

/** An observation that says each secret where it belongs, and all of them in a text. */
function telling(all: Secrets): Observation {
  const { node, host, cluster, other, registry, argument, pin, uid, id, unknown, address, peer } = all
  const process = {
    pid: 7,
    ppid: 1,
    starttime: 1,
    state: 'S',
    uid: 4711,
    nspid: [7],
    comm: 'nginx',
    argv: ['/usr/sbin/nginx', `--token=${argument}`, argument],
    kernelThread: false,
    cgroup: [`0::/kubepods/pod${uid.replaceAll('-', '_')}/cri-containerd-${id}.scope`],
    ns: { net: 4026533000 },
  }
  return {
    ...base,
    cluster: { name: cluster, version: 'v1.36.2' },
    node: { ...base.node, name: node, hostname: `${node}.${host}`, bootId: uid },
    pod: {
      ...base.pod,
      uid,
      configHash: unknown.slice(0, 32),
      nodeName: node,
      hostname: host,
      podIPs: [address],
      containers: [
        {
          ...container('web', { id, image: `${registry}.example:5000/team/web:1` }),
          state: { kind: 'waiting', reason: 'BackOff', message: `pod=web(${uid})` },
        },
      ],
    },
    sandboxes: [{ id: unknown, pid: 7, starttime: 1 }],
    processes: [{ ...process, containerId: id }],
    namespaces: [
      {
        id: { type: 'net', inode: 4026533000, device: null },
        nprocs: 2,
        lowest: { pid: 7, ppid: 1, uid: 4711, command: `/usr/sbin/nginx ${argument}` },
        pins: [{ id: { type: 'net', inode: 4026533000, device: null }, path: `/run/netns/cni-${pin}` }],
        outside: {
          processes: 1,
          pods: [`${other}/${other}`],
          podCount: 1,
          examples: [{ pid: 9, command: `${argument}=x y`.replace(/^/, '/opt/agent '), pod: `${other}/${other}` }],
        },
      },
    ],
    gaps: [
      {
        code: 'malformed',
        count: 1,
        detail: `On ${node} (${node}.${host}, ${address}) container ${id.slice(0, 12)} of ${uid} met ${peer}, ${unknown}.`,
        told: {
          key: 'both',
          values: {
            first: [node, `${node}.${host}`, address],
            second: { key: 'both', values: { first: uid, second: peer } },
          },
        },
      },
    ],
  }
}

test('property: nothing that is hidden is found in what is redacted', () => {
  fc.assert(
    fc.property(secrets, (all) => {
      const text = JSON.stringify(redactObservation(telling(all)))
      for (const secret of Object.values(all)) expect(text).not.toContain(secret)
      for (const secret of [all.id.slice(0, 12), all.uid.replaceAll('-', '_'), '4711'])
        expect(text).not.toContain(secret)
    }),
  )
})

test('what is hidden is named, the same by the same, and the rest stays', () => {
  const all: Secrets = {
    node: 'zqnode',
    host: 'zqhost',
    cluster: 'zqcluster',
    other: 'zqother',
    registry: 'zqregistry',
    argument: 'zqargument',
    pin: 'zqpin',
    uid: '697a076d-3051-4e1a-8627-4cd5ffe8a034',
    id: 'a'.repeat(64),
    unknown: 'b'.repeat(64),
    address: '10.244.1.2',
    peer: 'fd00::7',
  }
  const { cluster, gaps, namespaces, node, pod, processes } = redactObservation(telling(all))
  expect([cluster.name, cluster.version, node.name, node.hostname, pod.nodeName]).toEqual([
    'cluster-1',
    'v1.36.2',
    'node-1',
    'node-1',
    'node-1',
  ])
  expect([pod.name, pod.hostname, pod.podIPs, pod.containers[0]?.image]).toEqual([
    'myweb2',
    'host-1',
    ['192.0.2.1'],
    'registry-1/team/web:1',
  ])
  expect(processes[0]).toMatchObject({ pid: 7, comm: 'nginx', argv: ['nginx'], cgroup: [], ns: { net: 4026533000 } })
  expect(processes[0]?.containerId).toBe(pod.containers[0]?.id)
  expect(namespaces[0]).toMatchObject({
    lowest: { command: 'nginx' },
    pins: [{ path: '/run/netns/cni-pin-1' }],
    outside: { pods: ['other/pod-1'], examples: [{ pid: 9, command: 'agent', pod: 'other/pod-1' }] },
  })
  expect(gaps[0]?.told?.values).toEqual({
    first: ['node-1', 'node-1', '192.0.2.1'],
    second: { key: 'both', values: { first: 'id-00001', second: '2001:db8::2' } },
  })
  expect(gaps[0]?.detail).toBe(
    'On node-1 (node-1, 192.0.2.1) container id-00002 of id-00001 met 2001:db8::2, id-00003.',
  )
})

test('a pod that is shown itself keeps its name where it is met; a mirror pod loses that of its node', () => {
  const first = { ...base, pod: { ...base.pod, name: 'etcd-node3' } }
  const census = {
    id: { type: 'net' as const, inode: 4026533000, device: null },
    nprocs: 2,
    lowest: null,
    pins: [],
    outside: { processes: 2, pods: ['default/etcd-node3', 'kube-system/vpn'], podCount: 2, examples: [] },
  }
  const recording = recordingOf({ ...base, namespaces: [census] }, '1')
  const frame = recording.frames[0] as (typeof recording.frames)[0]
  const two = { ...recording, frames: [{ ...frame, observations: [first, ...frame.observations] }] }
  const [mirror, met] = redactRecording(two).frames[0]?.observations ?? []
  expect(mirror?.pod.name).toBe('etcd-node-1')
  expect(met?.namespaces[0]?.outside.pods).toEqual(['default/etcd-node-1', 'other/pod-1'])
})
