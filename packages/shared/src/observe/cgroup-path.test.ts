import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCgroup } from './cgroup-path.ts'

const UID = '697a076d-3051-4e1a-8627-4cd5ffe8a034'
const UID_ = UID.replaceAll('-', '_')
const ID = 'a0e727a7bd91e916d671a28bbedce79e705122eea6271b18f937fc641d893a88'
const OTHER_UID = 'f57caa45-724f-4328-bc2e-b81a1220cf47'
const OTHER = '93229e239df95d4fba851034d0bfa812e5e5c6ff85b090b70d2a47b7c1e23f7e'
const HASH = '6fd8a7bcf9c0d0ed2bfd7a4b8f6e52a1'
const inContainer = { podUid: UID, containerId: ID, monitor: false }

describe('parseCgroup', () => {
  it.each([
    // kubelet systemd driver, containerd SystemdCgroup = true (kubernetes.io/docs/setup/production-environment/container-runtimes)
    [
      'containerd systemd v2',
      `0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${UID_}.slice/cri-containerd-${ID}.scope`,
      inContainer,
    ],
    // Guaranteed pods have no QoS level (kubelet, pkg/kubelet/cm/qos_container_manager_linux.go)
    ['guaranteed', `0::/kubepods.slice/kubepods-pod${UID_}.slice/cri-containerd-${ID}.scope`, inContainer],
    // Lab node, containerd 2.1, cgroupfs driver and --cgroup-root=/node1
    [
      'containerd cgroupfs v1 behind a prefix',
      `9:name=systemd:/node1/kubepods/besteffort/pod${UID}/${ID}`,
      inContainer,
    ],
    // k3s with the cgroupfs driver, Guaranteed (github.com/CJLove/rt-operator, notes/cgroupv1_notes.md)
    ['cgroupfs guaranteed', `0::/kubepods/pod${UID}/${ID}`, inContainer],
    // GKE on cgroup v1 (Qard/container-info, test/fixtures)
    ['cgroupfs burstable', `4:memory:/kubepods/burstable/pod${UID}/${ID}`, inContainer],
    // CRI-O, cgroup_manager = systemd (lab node, CRI-O 1.37)
    [
      'CRI-O systemd',
      `0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${UID_}.slice/crio-${ID}.scope`,
      inContainer,
    ],
    // CRI-O with crun: the container's processes are one level deeper (containers/crun, `run.oci.systemd.subgroup`)
    ['CRI-O and crun', `0::/kubepods.slice/kubepods-pod${UID_}.slice/crio-${ID}.scope/container`, inContainer],
    // CRI-O, cgroup_manager = cgroupfs (cri-o, internal/config/cgmgr/cgroupfs_linux.go)
    ['CRI-O cgroupfs', `0::/kubepods/besteffort/pod${UID}/crio-${ID}`, inContainer],
    // CRI-O, conmon_cgroup = "pod"
    [
      'conmon in the pod',
      `0::/kubepods.slice/kubepods-pod${UID_}.slice/crio-conmon-${ID}.scope`,
      { ...inContainer, monitor: true },
    ],
    ['conmon, cgroupfs', `0::/kubepods/pod${UID}/crio-conmon-${ID}`, { ...inContainer, monitor: true }],
    // cri-dockerd (Mirantis/cri-dockerd), systemd and cgroupfs
    [
      'docker systemd',
      `1:name=systemd:/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${UID_}.slice/docker-${ID}.scope`,
      inContainer,
    ],
    ['docker cgroupfs', `11:cpu,cpuacct:/kubepods/burstable/pod${UID}/${ID}`, inContainer],
    // kind (kubernetes-sigs/kind: the node sets --cgroup-root=/kubelet), new and old, the latter inside docker's cgroup
    [
      'kind',
      `0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/kubelet-kubepods-besteffort-pod${UID_}.slice/cri-containerd-${ID}.scope`,
      inContainer,
    ],
    [
      'kind in docker',
      `0::/docker/${OTHER}/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod${UID_}.slice/cri-containerd-${ID}.scope`,
      inContainer,
    ],
    ['kind, old', `12:pids:/docker/${OTHER}/kubelet/kubepods/besteffort/pod${UID}/${ID}`, inContainer],
    // minikube with the docker driver and an inner docker
    [
      'minikube',
      `0::/system.slice/docker-${OTHER}.scope/kubepods.slice/kubepods-pod${UID_}.slice/docker-${ID}.scope`,
      inContainer,
    ],
    // kubelet systemd driver over containerd without SystemdCgroup, and with a `[cgroup] path` (containerd issue 4900)
    [
      'slice:cri-containerd:id',
      `0::/system.slice/containerd.service/kubepods-burstable-pod${UID_}.slice:cri-containerd:${ID}`,
      inContainer,
    ],
    [
      'path/slice:cri-containerd:id',
      `4:freezer:/hello/kubepods-besteffort-pod${UID_}.slice:cri-containerd:${ID}`,
      inContainer,
    ],
    // A helper with its own cgroup namespace (cgroup_namespaces(7)): the leading part is lost
    [
      'own cgroup namespace, systemd',
      `0::/../../kubepods-besteffort-pod${UID_}.slice/cri-containerd-${ID}.scope`,
      inContainer,
    ],
    ['own cgroup namespace, cgroupfs, same QoS', `0::/../../pod${UID}/${ID}`, inContainer],
    ['own cgroup namespace, cgroupfs, other QoS', `0::/../../../burstable/pod${UID}/${ID}`, inContainer],
    // systemd or a container runtime inside the container nests further
    [
      'init.scope below',
      `0::/kubepods.slice/kubepods-pod${UID_}.slice/cri-containerd-${ID}.scope/init.scope`,
      inContainer,
    ],
    ['docker in the container', `0::/kubepods/pod${UID}/${ID}/docker/${OTHER}`, inContainer],
    // Kubernetes inside the container: the outer pod is the one this node knows
    ['a pod in the pod', `0::/kubepods/pod${UID}/${ID}/kubepods/pod${OTHER_UID}/${OTHER}`, inContainer],
    [
      'a forged slice in the container',
      `0::/kubepods/pod${UID}/${ID}/kubepods-pod${OTHER_UID}.slice/crio-${OTHER}.scope`,
      inContainer,
    ],
    // Static pods: the config hash, 32 digits without dashes (kubelet, pkg/kubelet/config/common.go)
    [
      'static pod, systemd',
      `0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${HASH}.slice/cri-containerd-${ID}.scope`,
      { ...inContainer, podUid: HASH },
    ],
    ['static pod, cgroupfs', `0::/kubepods/burstable/pod${HASH}/${ID}`, { ...inContainer, podUid: HASH }],
    ['static pod, own cgroup namespace', `0::/../../pod${HASH}/${ID}`, { ...inContainer, podUid: HASH }],
    // A removed cgroup with a process left (cgroups(7))
    ['deleted', `0::/kubepods/pod${UID}/${ID} (deleted)`, inContainer],
    [
      'in the pod, in no container',
      `0::/kubepods/besteffort/pod${UID}`,
      { podUid: UID, containerId: null, monitor: false },
    ],
  ])('%s', (_name, line, expected) => {
    expect(parseCgroup([line])).toEqual(expected)
  })

  it.each([
    ['nothing', []],
    ['a service', ['0::/system.slice/kubelet.service']],
    ['the root', ['0::/']],
    ['podman', [`0::/machine.slice/libpod-${ID}.scope`]],
    ['docker without Kubernetes', [`0::/system.slice/docker-${ID}.scope`]],
    ['CRI-O monitor outside the pod', [`0::/system.slice/crio-conmon-${ID}.scope`]],
    ['a QoS slice', ['0::/kubepods.slice/kubepods-burstable.slice']],
    ['a user with such a folder', [`0::/user.slice/pod${UID}/${ID}`]],
    ['a folder pod-something next to a relative root', [`0::/../podman/${ID}`]],
    ['not a line of that form', ['kubepods']],
  ])('finds no pod in %s', (_name, lines) => {
    expect(parseCgroup(lines)).toBeNull()
  })

  it('takes the line that names a container when other hierarchies do not', () => {
    const pod = `/kubepods/besteffort/pod${UID}`
    expect(parseCgroup(['0::/', '9:name=systemd:/', `5:cpu:${pod}`, `3:pids:${pod}/${ID}`])).toEqual(inContainer)
  })

  it('is never led to another pod by what a container makes below its own cgroup', () => {
    const names = fc.constantFrom(`pod${OTHER_UID}`, 'kubepods', '..', OTHER, `crio-${OTHER}.scope`, 'a:b', '')
    fc.assert(
      fc.property(fc.array(fc.oneof(names, fc.string()), { maxLength: 8 }), (below) => {
        const path = [`/kubepods/pod${UID}/${ID}`, ...below].join('/')
        expect(parseCgroup([`0::${path}`])).toMatchObject({ podUid: UID, containerId: ID })
      }),
    )
  })
})
