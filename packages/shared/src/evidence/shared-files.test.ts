import { describe, expect, it } from 'vitest'
import type { PodVolume, VolumeMount } from '../model/pod.ts'
import type { Mount } from '../model/pod-evidence.ts'
import { container } from '../test/domain-builders.ts'
import { mount, podEvidence, sketchWithProcesses } from '../test/evidence-builders.ts'
import { type SharedFiles, sharedFiles } from './shared-files.ts'

const FIRST_MNT = 4026532700
const WORK: PodVolume = { name: 'work', kind: 'emptyDir' }
const HERE = { device: '8:1', root: '/var/lib/kubelet/work' }

/** A container: where the spec mounts volumes, and what is mounted; null: it has no process. */
type Sketch = { declared?: VolumeMount[]; mounts: Mount[] | null }

function filesOf(sketches: Record<string, Sketch>, volumes: PodVolume[] = [WORK]): SharedFiles[] {
  const entries = Object.entries(sketches)
  const graph = sketchWithProcesses({
    containers: entries.map(([name, { mounts }], index) =>
      mounts === null ? { name, pid: null } : { name, ns: { mnt: FIRST_MNT + index } },
    ),
    pod: {
      volumes,
      containers: entries.map(([name, { declared = [] }]) => container(name, { volumeMounts: declared })),
    },
  })
  const mounts = entries.flatMap(([, one], index) => {
    const id = { type: 'mnt' as const, inode: FIRST_MNT + index, device: null }
    return one.mounts === null ? [] : [{ id, pid: 700, mounts: one.mounts, gaps: [] }]
  })
  return sharedFiles(podEvidence({ mounts }), graph)
}

/** Of a volume that two containers mount, what is said of the second. */
function second(declared: Partial<VolumeMount>, mounted: Partial<Mount> | null) {
  const [volume] = filesOf({
    a: { declared: [{ volume: 'work', path: '/data' }], mounts: [mount('/data', HERE)] },
    b: {
      declared: [{ volume: 'work', path: '/data', ...declared }],
      mounts: [mount('/', { device: '0:9' }), ...(mounted ? [mount('/data', { ...HERE, ...mounted })] : [])],
    },
  })
  return { place: volume?.places[1], together: volume?.together }
}

const BOTH = [['container:a', 'container:b']]

describe('a volume in two containers', () => {
  it.each<[string, Partial<VolumeMount>, Partial<Mount> | null, readonly string[], readonly (readonly string[])[]]>([
    ['as the spec says', {}, {}, [], BOTH],
    ['read-only as the spec says', { readOnly: true }, { readOnly: true }, [], BOTH],
    ['writable against the spec', { readOnly: true }, {}, ['writable'], BOTH],
    ['read-only against the spec', {}, { readOnly: true }, ['read-only'], BOTH],
    ['not mounted', {}, null, ['not-mounted'], []],
    ['other files', {}, { root: '/elsewhere' }, ['other-files'], []],
    ['files of another device', {}, { device: '8:2' }, ['other-files'], []],
    ['a part of it', { subPath: 'logs' }, { root: '/var/lib/kubelet/work/logs' }, [], []],
    ['propagates from the node', { propagation: 'HostToContainer' }, { master: 1 }, [], BOTH],
    ['does not propagate', { propagation: 'HostToContainer' }, {}, ['propagation'], BOTH],
    ['propagates both ways', { propagation: 'Bidirectional' }, { shared: 1 }, [], BOTH],
    ['propagates one way of two', { propagation: 'Bidirectional' }, { master: 1 }, ['propagation'], BOTH],
    ['where an old name leads', { path: '/var/run/app/' }, { path: '/run/app' }, [], BOTH],
    ['where another old name leads', { path: '/var/lock' }, { path: '/run/lock' }, [], BOTH],
  ])('%s', (_, declared, mounted, differences, together) => {
    const found = second(declared, mounted)
    expect(found.place?.differences).toEqual(differences)
    expect(found.together).toEqual(together)
  })

  it.each([
    [{}, 'private'],
    [{ master: 1 }, 'slave'],
    [{ shared: 1, master: 2 }, 'shared'],
    [{ unbindable: true }, 'unbindable'],
  ])('propagation of %j is %s', (mounted, propagation) => {
    expect(second({}, mounted).place).toMatchObject({ propagation })
  })
})

it('a container without a process, or whose mounts were not read: nothing is said to differ', () => {
  const declared = [{ volume: 'work', path: '/data' }]
  for (const mounts of [null, []]) {
    const [volume] = filesOf({ a: { declared, mounts } })
    expect(volume?.places).toMatchObject([{ path: '/data', mount: null, known: false, differences: [] }])
    expect(volume?.together).toEqual([])
  }
})

it('a volume mounted twice in one container is shared with nobody', () => {
  const declared = ['/one', '/two'].map((path) => ({ volume: 'work', path }))
  const [volume] = filesOf({ a: { declared, mounts: [mount('/one', HERE), mount('/two', HERE)] } })
  expect(volume?.places).toHaveLength(2)
  expect(volume?.together).toEqual([])
})

it('of mounts on one path the last one counts', () => {
  const declared = [{ volume: 'work', path: '/data' }]
  const [volume] = filesOf({ a: { declared, mounts: [mount('/data', { device: '9:9' }), mount('/data', HERE)] } })
  expect(volume?.places[0]?.mount).toMatchObject(HERE)
})

it('tells volumes as in the spec, then what every container has, then what nobody declared', () => {
  const own = (device: string) => [
    mount('/', { device, fstype: 'overlay' }),
    mount('/dev/shm', { device: '0:7', fstype: 'tmpfs' }),
    mount('/secret-door', { device: '8:3', root: '/door' }),
    mount('/alone', { device }),
  ]
  const files = filesOf(
    {
      a: { declared: [{ volume: 'work', path: '/data' }], mounts: [...own('0:1'), mount('/data', HERE)] },
      b: { mounts: own('0:2') },
    },
    [{ name: 'unused', kind: 'secret', ref: 'keys' }, WORK],
  )
  expect(files.map(({ key, kind, ref, places, together }) => [key, kind, ref, places.length, together])).toEqual([
    ['volume:unused', 'secret', 'keys', 0, []],
    ['volume:work', 'emptyDir', null, 1, []],
    ['path:/', 'rootfs', null, 2, []],
    ['path:/dev/shm', 'devShm', null, 2, BOTH],
    ['mount:8:3:/door', 'undeclared', null, 2, BOTH],
  ])
})

it('a volume at a path that every container has is told once, as the volume', () => {
  const declared = [{ volume: 'work', path: '/dev/shm' }]
  const files = filesOf({ a: { declared, mounts: [mount('/dev/shm', HERE)] } })
  expect(files.map(({ key }) => key)).toEqual(['volume:work'])
})

it('what is the kernel’s or a device is no file that containers share', () => {
  const mounts = () => [
    mount('/proc', { fstype: 'proc' }),
    mount('/cgroups', { fstype: 'cgroup2' }),
    mount('/sys/firmware', { fstype: 'tmpfs' }),
    mount('/dev/pts', { fstype: 'devpts' }),
    mount('/dev/loop', { fstype: 'ext4' }),
  ]
  expect(filesOf({ a: { mounts: mounts() }, b: { mounts: mounts() } }, [])).toEqual([])
})
