import { expect, it } from 'vitest'
import { containerId, pod, process, UID } from '../test/domain-builders.ts'
import { podCgroupFacts } from './pod-facts.ts'

const ID = containerId('aa')
const DASHED = UID.replaceAll('-', '_')
const HASH = '0123456789abcdef0123456789abcdef'

it.each([
  [
    `0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${DASHED}.slice/cri-containerd-${ID}.scope`,
    'BestEffort',
    'systemd',
  ],
  [
    `0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${DASHED}.slice/crio-${ID}.scope`,
    'Burstable',
    'systemd',
  ],
  [`0::/kubepods.slice/kubepods-pod${DASHED}.slice/cri-containerd-${ID}.scope`, 'Guaranteed', 'systemd'],
  [
    `0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod${DASHED}.slice/cri-containerd-${ID}.scope`,
    'Guaranteed',
    'systemd',
  ],
  [
    `0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod${DASHED}.slice/cri-containerd-${ID}.scope`,
    'Burstable',
    'systemd',
  ],
  [`0::/../../kubepods-besteffort-pod${DASHED}.slice/cri-containerd-${ID}.scope`, 'BestEffort', 'systemd'],
  [`12:pids:/kubepods/burstable/pod${UID}/${ID}`, 'Burstable', 'cgroupfs'],
  [`12:pids:/node1/kubepods/besteffort/pod${UID}/${ID}`, 'BestEffort', 'cgroupfs'],
  [`12:pids:/kubepods/pod${UID}/${ID}`, 'Guaranteed', 'cgroupfs'],
  [`12:pids:/kubepods/besteffort/pod${HASH}/${ID}`, 'BestEffort', 'cgroupfs'],
  // The reader's cgroup namespace begins below the class: the path does not tell it.
  [`12:pids:/../pod${UID}/${ID}`, null, 'cgroupfs'],
  [`0::/../../../besteffort/pod${UID}/${ID}`, 'BestEffort', 'cgroupfs'],
  ['0::/', null, null],
  [`0::/kubepods/pod11111111-2222-4333-8444-555555555555/${ID}`, null, null],
])('%s: %s, %s', (line, qos, driver) => {
  const processes = [{ ...process(20, { cgroup: ['3:cpu:/', line] }), containerId: ID }]
  expect(podCgroupFacts({ pod: pod([], { configHash: HASH }), processes })).toEqual({ qos, driver })
})

it('says nothing of a pod without processes', () => {
  expect(podCgroupFacts({ pod: pod([]), processes: [] })).toEqual({ qos: null, driver: null })
})
