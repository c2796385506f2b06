/** Stand-ins for what differs between pods; the sources' own ids are not repeated. */
const UID = '697a076d-3051-4e1a-8627-4cd5ffe8a034'
const UID_ = UID.replaceAll('-', '_')
/** A static pod's UID is the hash of its manifest. */
const HASH = '6fd8a7bcf9c0d0ed2bfd7a4b8f6e52a1'
const ID = 'a0e727a7bd91e916d671a28bbedce79e705122eea6271b18f937fc641d893a88'
/** Of a container that is around the node, not in it. */
const OUTER = '93229e239df95d4fba851034d0bfa812e5e5c6ff85b090b70d2a47b7c1e23f7e'

const BURSTABLE = `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${UID_}.slice`
const BESTEFFORT = `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${UID_}.slice`

export type CgroupForm = {
  /** Distribution or setup, runtime, cgroup driver and version. */
  form: string
  /** Lines of /proc/PID/cgroup. */
  lines: readonly string[]
  /** Null: a process of no pod. */
  podUid: string | null
  containerId: string | null
  /** True for a process that watches the container from outside. */
  monitor?: boolean
  /** Where somebody shows or says this of a real node. */
  source: string
}

const github = (path: string) => `https://github.com/${path}`
const inContainer = { podUid: UID, containerId: ID }
const inPod = { podUid: UID, containerId: null }
const inNoPod = { podUid: null, containerId: null }

/** The forms of cgroup paths that real nodes show, each with where it was seen. */
export const CGROUP_FORMS: readonly CgroupForm[] = [
  {
    form: 'k3s: containerd, systemd driver, v2',
    lines: [`0::${BESTEFFORT}/cri-containerd-${ID}.scope`],
    ...inContainer,
    source: github('cryptnono/cryptnono/issues/47'),
  },
  {
    form: 'k3s without systemd: containerd, cgroupfs driver, v2',
    lines: [`0::/kubepods/burstable/pod${UID}/${ID}`],
    ...inContainer,
    source: github('rancher/k3k/pull/792'),
  },
  {
    form: 'k3s in podman: containerd, cgroupfs driver, v2',
    lines: [`0::/kubepods/besteffort/pod${UID}/${ID}`],
    ...inContainer,
    source: github('dajudge/kindcontainer/issues/341'),
  },
  {
    form: 'RKE2: containerd, systemd driver, v2',
    lines: [`0::${BURSTABLE}/cri-containerd-${ID}.scope`],
    ...inContainer,
    source: github('rancher/rke2/issues/5923'),
  },
  {
    form: 'RKE on RancherOS: docker, cgroupfs driver, v1; some hierarchies seen through the kubelet container',
    lines: [
      `11:name=systemd:/kubepods/besteffort/pod${UID}/${ID}`,
      `10:cpuset:/docker/${OUTER}/kubepods/besteffort/pod${UID}/${ID}`,
    ],
    ...inContainer,
    source: github('rancher/os/issues/2967'),
  },
  {
    form: 'AKS: containerd, systemd driver, v2',
    lines: [`0::${BESTEFFORT}/cri-containerd-${ID}.scope`],
    ...inContainer,
    source: github('Azure/AKS/issues/5583'),
  },
  {
    form: 'EKS: containerd, systemd driver (AL2 on v1, AL2023 on v2)',
    lines: ['11:rdma:/', `4:memory:${BURSTABLE}/cri-containerd-${ID}.scope`, '0::/'],
    ...inContainer,
    source: github('containerd/containerd/issues/12496'),
  },
  {
    form: "EKS on Bottlerocket: the pod's own slice",
    lines: [`0::${BESTEFFORT}`],
    ...inPod,
    source: github('bottlerocket-os/bottlerocket/issues/3057'),
  },
  {
    form: 'GKE: containerd, cgroupfs driver, v1',
    lines: [`6:memory:/kubepods/burstable/pod${UID}/${ID}`],
    ...inContainer,
    source: github('google/gvisor/issues/2433'),
  },
  {
    form: 'Talos: containerd, cgroupfs driver, v2',
    lines: [`0::/kubepods/besteffort/pod${UID}/${ID}`],
    ...inContainer,
    source: github('siderolabs/talos/pull/3950'),
  },
  {
    form: "Talos: the pod's own group",
    lines: [`0::/kubepods/burstable/pod${UID}`],
    ...inPod,
    source: github('siderolabs/talos/issues/12526'),
  },
  {
    form: "Talos: the machine's own services",
    lines: ['0::/system/apid'],
    ...inNoPod,
    source: github('siderolabs/talos/pull/3950'),
  },
  {
    form: 'MicroK8s: containerd, cgroupfs driver, v1, Guaranteed',
    lines: [`5:memory:/kubepods/pod${UID}/${ID}`],
    ...inContainer,
    source: github('vmware-archive/kubeless/issues/1046'),
  },
  {
    form: 'kind: containerd, systemd driver, v2',
    lines: [
      `0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/kubelet-kubepods-besteffort-pod${UID_}.slice/cri-containerd-${ID}.scope`,
    ],
    ...inContainer,
    source: github('containerd/nri/pull/227'),
  },
  {
    form: 'kind seen from its machine: v1, a static pod',
    lines: [
      `11:blkio:/system.slice/docker-${OUTER}.scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod${HASH}.slice/cri-containerd-${ID}.scope`,
    ],
    podUid: HASH,
    containerId: ID,
    source: github('sustainable-computing-io/kepler/issues/153'),
  },
  {
    form: 'kind with Kubernetes 1.20: containerd, cgroupfs driver, v2, a static pod',
    lines: [`0::/kubelet/kubepods/burstable/pod${HASH}/${ID}`],
    podUid: HASH,
    containerId: ID,
    source: github('kubernetes-sigs/kind/issues/2731'),
  },
  {
    form: 'minikube in docker with CRI-O: systemd driver, v1',
    lines: [`1:name=systemd:/docker/${OUTER}${BESTEFFORT}/crio-${ID}.scope`],
    ...inContainer,
    source: github('kubernetes/minikube/issues/11280'),
  },
  {
    form: 'minikube with containerd: cgroupfs driver, v1',
    lines: [`9:name=systemd:/kubepods/besteffort/pod${UID}/${ID}`],
    ...inContainer,
    source: github('elastic/apm-agent-java/pull/2352'),
  },
  {
    form: 'containerd: systemd driver, v2, Guaranteed',
    lines: [`0::/kubepods.slice/kubepods-pod${UID_}.slice/cri-containerd-${ID}.scope`],
    ...inContainer,
    source: github('koordinator-sh/koordinator/issues/2326'),
  },
  {
    form: 'a node in LXC: containerd, systemd driver',
    lines: [`0::/lxc.payload.node${BURSTABLE}/cri-containerd-${ID}.scope`],
    ...inContainer,
    source: github('leptonai/gpud/pull/70'),
  },
  {
    form: 'cri-dockerd: systemd driver, v1',
    lines: ['12:rdma:/', `11:pids:${BESTEFFORT}/docker-${ID}.scope`],
    ...inContainer,
    source: github('open-telemetry/opentelemetry-java/pull/4733'),
  },
  {
    form: 'cri-dockerd: systemd driver, v2, read by a helper with its own cgroup namespace',
    lines: [`0::/../../..${BURSTABLE.slice('/kubepods.slice'.length)}/docker-${ID}.scope`],
    ...inContainer,
    source: github('chaosblade-io/chaosblade/issues/1267'),
  },
  {
    form: 'docker under CentOS: systemd driver, v1',
    lines: ['12:rdma:/', `1:name=systemd:${BESTEFFORT}/docker-${ID}.scope`],
    ...inContainer,
    source: github('kontena/pharos-cluster/issues/440'),
  },
  {
    form: 'docker: cgroupfs driver, v1',
    lines: [`11:memory:/kubepods/besteffort/pod${UID}/${ID}`],
    ...inContainer,
    source: github('genuinetools/amicontained/issues/7'),
  },
  {
    form: 'containerd: systemd driver, v2, read by a helper with its own cgroup namespace',
    lines: [`0::/../../..${BESTEFFORT.slice('/kubepods.slice'.length)}/cri-containerd-${ID}.scope`],
    ...inContainer,
    source: github('hubblo-org/scaphandre/pull/327'),
  },
  {
    form: 'kubelet with the systemd driver over containerd without it: v1, two places',
    lines: [
      `11:perf_event:/kubepods-besteffort-pod${UID_}.slice:cri-containerd:${ID}`,
      `10:blkio:/system.slice/containerd.service/kubepods-besteffort-pod${UID_}.slice:cri-containerd:${ID}`,
    ],
    ...inContainer,
    source: github('open-telemetry/opentelemetry-java/issues/4507'),
  },
  {
    form: 'the same, Guaranteed',
    lines: [`11:devices:/system.slice/containerd.service/kubepods-pod${UID_}.slice:cri-containerd:${ID}`],
    ...inContainer,
    source: github('open-telemetry/opentelemetry-java/pull/4733'),
  },
  {
    form: 'the same, a static pod',
    lines: [`1:name=systemd:/system.slice/containerd.service/kubepods-burstable-pod${HASH}.slice:cri-containerd:${ID}`],
    podUid: HASH,
    containerId: ID,
    source: github('kubernetes/kubernetes/issues/106514'),
  },
  {
    form: "Kata: the shim's cgroup with sandbox_cgroup_only=false, v2",
    lines: [`0::/kubepods-burstable-pod${UID_}.slice:cri-containerd:${ID}`],
    ...inContainer,
    source: github('kata-containers/kata-containers/issues/11325'),
  },
  {
    form: 'Kata with sandbox_cgroup_only=false: the machine in the cgroup of the pod, cgroupfs driver, v1',
    lines: [`4:memory:/kubepods/pod${UID}/kata_${ID}`],
    ...inContainer,
    source: github('kata-containers/kata-containers/issues/4128'),
  },
  {
    form: 'Kata in Rust: the machine in the scope of the sandbox, systemd driver, v2, Guaranteed',
    lines: [`0::/kubepods.slice/kubepods-pod${UID_}.slice/cri-containerd-${ID}.scope`],
    ...inContainer,
    source: github('kata-containers/kata-containers/pull/11598'),
  },
  {
    form: 'Kata in Rust: shim and monitor apart from the pod, v2',
    lines: [`0::/kata_overhead/${ID}`],
    ...inNoPod,
    source: github('kata-containers/kata-containers/pull/11598'),
  },
  {
    form: 'OpenShift: CRI-O, systemd driver, v2',
    lines: [`0::${BURSTABLE}/crio-${ID}.scope`],
    ...inContainer,
    source: github('containerd/nri/pull/227'),
  },
  {
    form: 'OpenShift: the sandbox of a pod without pause, v2',
    lines: [`0::${BURSTABLE}/crio-${ID}`],
    ...inContainer,
    source: github('containerd/nri/pull/227'),
  },
  {
    form: 'OpenShift with crun: the container in a group below its scope, v2',
    lines: [`0::${BURSTABLE}/crio-${ID}.scope/container`],
    ...inContainer,
    source: github('openshift/machine-config-operator/pull/4765'),
  },
  {
    form: 'CRI-O: systemd driver, v1, with a hierarchy of its own distribution',
    lines: [`13:freezer:${BURSTABLE}/crio-${ID}.scope`, '11:files:/'],
    ...inContainer,
    source: github('opencontainers/runc/issues/4620'),
  },
  {
    form: 'CRI-O: cgroupfs driver',
    lines: [`0::/kubepods/burstable/pod${UID}/crio-${ID}`],
    ...inContainer,
    source: github('cri-o/cri-o/pull/812'),
  },
  {
    form: "CRI-O: the monitor in the pod's cgroup",
    lines: [`0::${BURSTABLE}/crio-conmon-${ID}.scope`],
    ...inContainer,
    monitor: true,
    source: github('opencontainers/runc/issues/4620'),
  },
  {
    form: "MicroShift: the monitor in the system's slice",
    lines: [`0::/system.slice/crio-conmon-${ID}.scope`],
    ...inNoPod,
    source: github('openshift/microshift/pull/697'),
  },
  {
    form: 'a container that makes cgroups below its own, v2',
    lines: [`0::${BURSTABLE}/cri-containerd-${ID}.scope/workspace/user`],
    ...inContainer,
    source: github('gitpod-io/gitpod/issues/14103'),
  },
  {
    form: 'BuildKit on a node: no pod',
    lines: ['0::/docker/buildkit/k2v7q9builder0step3'],
    ...inNoPod,
    source: github('cryptnono/cryptnono/issues/47'),
  },
]
