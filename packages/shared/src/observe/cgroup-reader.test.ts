import { describe, expect, it } from 'vitest'
import { container, containerId, pod, process, scan, UID } from '../test/domain-builders.ts'
import { indexScan } from './scan-index.ts'

const [HELPER, PAUSE, NGINX] = [containerId('aa'), containerId('bb'), containerId('cc')]
const OTHER = 'f57caa45-724f-4328-bc2e-b81a1220cf47'
const PODS = [
  pod([container('helper', { id: HELPER })], { name: 'helper' }),
  pod([container('nginx', { id: NGINX })], { name: 'web', uid: OTHER }),
]
const READER = { podUid: UID, containerId: HELPER }

/** The places that processes of these cgroups have, from PID 10 on. */
function placesOf(first: string, lines: string[], reader: typeof READER | null = READER) {
  const processes = lines.map((line, at) => process(10 + at, { cgroup: [line] }))
  const { places, podless } = indexScan(scan([process(1, { cgroup: [first] }), ...processes]), PODS, reader)
  expect([...podless]).toEqual([])
  return lines.map((_, at) => places.get(10 + at) ?? null)
}

describe('a scan from a container with a cgroup namespace of its own, whose pod no path names', () => {
  const inHelper = { podUid: UID, containerId: HELPER }

  it.each([
    ['systemd driver', `0::/../cri-containerd-${PAUSE}.scope`, '0::/../../../../init.scope'],
    ['cgroupfs driver', `0::/../${PAUSE}`, '0::/../../../..'],
  ])('knows what is in it, and beside it: %s', (_driver, pause, first) => {
    expect(placesOf(first, ['0::/', '0::/below', '0::/kubepods/pod1/x', pause, '0::/..'])).toEqual([
      inHelper,
      inHelper,
      inHelper,
      { podUid: UID, containerId: PAUSE },
      { podUid: UID, containerId: null },
    ])
  })

  it('leaves to others what is theirs', () => {
    const lines = [
      `0::/../../kubepods-pod${OTHER.replaceAll('-', '_')}.slice/cri-containerd-${NGINX}.scope`,
      '0::/../../../../system.slice/x.service',
      '0::/../..',
      `0::/../crio-conmon-${HELPER}.scope`,
    ]
    expect(placesOf('0::/../../../../init.scope', lines)).toEqual([
      { podUid: OTHER, containerId: NGINX },
      null,
      null,
      null,
    ])
  })

  it('is not taken for one that sees whole paths, where a process in no group is at the top', () => {
    expect(placesOf('0::/init.scope', ['0::/', '0::/system.slice'])).toEqual([null, null])
  })
})
