import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Containerd } from './containerd.ts'
import type { ContainerConfig, ContainerStatus, NamespaceOption, PodSandboxConfig } from './cri-client.ts'
import { BUSYBOX_IMAGE } from './images.ts'
import { runOn } from './kernel-says.ts'

export type ContainerPlan = {
  name: string
  command: readonly string[]
  kind?: 'app' | 'init' | 'sidecar'
  privileged?: boolean
  /** Added to the runtime's default ones, without `CAP_`. */
  capabilities?: readonly string[]
  volumeMounts?: readonly VolumeMountPlan[]
}

type VolumeMountPlan = { name: string; mountPath: string; readOnly?: boolean }

/** A pod's specification, in the words of the Kubernetes API. */
export type PodPlan = {
  name: string
  namespace: string
  /** As the API server has it; of a static pod the mirror pod's. */
  uid: string
  /** Of a static pod: the hash of its manifest, which the kubelet takes for the pod's UID on the node. */
  configHash?: string
  hostNetwork?: boolean
  hostPID?: boolean
  hostIPC?: boolean
  shareProcessNamespace?: boolean
  /** The runtime's handler of the same name: `gvisor`, `kata`. */
  runtimeClassName?: string
  /** Names of emptyDir volumes. */
  volumes?: readonly string[]
  containers: readonly ContainerPlan[]
}

export type EphemeralPlan = { name: string; command: readonly string[]; targetContainerName?: string }

/** One container of a pod: what was asked for, and its newest incarnation. `target` is its target's container id. */
export type PodContainerHandle = {
  plan: ContainerPlan | EphemeralPlan
  kind: 'app' | 'init' | 'sidecar' | 'ephemeral'
  id: string
  restarts: number
  /** Id of the incarnation before. */
  previousId: string | null
  target: string | null
}

export type ExecResult = { stdout: string; stderr: string; exitCode: number }

/** A real pod, asked of the runtime with the calls and options the kubelet would use. */
export class CriPod {
  readonly plan: PodPlan
  readonly createdAt = new Date()
  readonly containers: PodContainerHandle[] = []
  /** The newest sandbox; older ones may still be there. */
  sandboxId = ''
  readonly #runtime: Containerd
  #attempt = -1

  constructor(runtime: Containerd, plan: PodPlan) {
    this.#runtime = runtime
    this.plan = plan
  }

  /** Makes a sandbox and starts all containers in it: at first, and again when the sandbox is gone. */
  async start(): Promise<void> {
    this.#attempt += 1
    const config = this.#sandboxConfig()
    await mkdir(config.log_directory, { recursive: true })
    for (const volume of this.plan.volumes ?? []) runOn(this.#runtime.node, 'mkdir', '-p', this.#volumePath(volume))
    const runtime_handler = this.plan.runtimeClassName ?? ''
    this.sandboxId = (await this.#runtime.cri.call('RunPodSandbox', { config, runtime_handler })).pod_sandbox_id
    for (const plan of this.plan.containers) {
      const before = this.containers.find((container) => container.plan.name === plan.name)
      if (before) await this.restart(plan.name)
      else await this.#run({ plan, kind: plan.kind ?? 'app', id: '', restarts: 0, previousId: null, target: null })
    }
  }

  /** As `kubectl debug --target`. */
  async addEphemeral(plan: EphemeralPlan): Promise<PodContainerHandle> {
    const target = plan.targetContainerName === undefined ? null : this.container(plan.targetContainerName).id
    return this.#run({ plan, kind: 'ephemeral', id: '', restarts: 0, previousId: null, target })
  }

  /** Ends a container if it runs and starts the next incarnation. */
  async restart(name: string): Promise<void> {
    const container = this.container(name)
    await this.#runtime.cri.call('StopContainer', { container_id: container.id, timeout: 0 })
    container.restarts += 1
    container.previousId = container.id
    container.id = await this.#create(container)
  }

  async stopContainer(name: string): Promise<void> {
    await this.#runtime.cri.call('StopContainer', { container_id: this.container(name).id, timeout: 0 })
  }

  async exec(name: string, ...cmd: string[]): Promise<ExecResult> {
    const reply = await this.#runtime.cri.call('ExecSync', { container_id: this.container(name).id, cmd, timeout: 10 })
    return { stdout: reply.stdout.toString(), stderr: reply.stderr.toString(), exitCode: reply.exit_code }
  }

  /** @throws Error for a name the pod does not have. */
  container(name: string): PodContainerHandle {
    const found = this.containers.find((container) => container.plan.name === name)
    if (!found) throw new Error(`Pod ${this.plan.name} has no container ${name}`)
    return found
  }

  async status(container: PodContainerHandle): Promise<ContainerStatus> {
    return (await this.#runtime.cri.call('ContainerStatus', { container_id: container.id, verbose: false })).status
  }

  get nodeName(): string {
    return this.#runtime.node.name
  }

  /** The first process of a container, as the node numbers it. */
  async pid(name: string): Promise<number> {
    const request = { container_id: this.container(name).id, verbose: true }
    return pidIn((await this.#runtime.cri.call('ContainerStatus', request)).info)
  }

  async pausePid(): Promise<number> {
    return pidIn((await this.#sandboxStatus()).info)
  }

  /** Null with hostNetwork, where the runtime gives none. */
  async ip(): Promise<string | null> {
    return (await this.#sandboxStatus()).status.network?.ip || null
  }

  /** Stops and removes the newest sandbox with all its containers, as when the pod is deleted. */
  async remove(sandboxId: string = this.sandboxId): Promise<void> {
    await this.#runtime.cri.call('StopPodSandbox', { pod_sandbox_id: sandboxId })
    await this.#runtime.cri.call('RemovePodSandbox', { pod_sandbox_id: sandboxId })
  }

  async #run(container: PodContainerHandle): Promise<PodContainerHandle> {
    container.id = await this.#create(container)
    this.containers.push(container)
    return container
  }

  async #create(container: PodContainerHandle): Promise<string> {
    const { container_id } = await this.#runtime.cri.call('CreateContainer', {
      pod_sandbox_id: this.sandboxId,
      config: this.#containerConfig(container),
      sandbox_config: this.#sandboxConfig(),
    })
    await this.#runtime.cri.call('StartContainer', { container_id })
    if (container.kind === 'init') await this.#hasExited(container_id)
    return container_id
  }

  /** The next container starts when an init container has ended. */
  async #hasExited(container_id: string): Promise<void> {
    for (let round = 0; round < 400; round += 1) {
      const { status } = await this.#runtime.cri.call('ContainerStatus', { container_id, verbose: false })
      if (status.state === 'CONTAINER_EXITED') return
      await sleep(25)
    }
    throw new Error(`Init container ${container_id} of pod ${this.plan.name} does not end`)
  }

  #sandboxStatus() {
    return this.#runtime.cri.call('PodSandboxStatus', { pod_sandbox_id: this.sandboxId, verbose: true })
  }

  #sandboxConfig(): PodSandboxConfig {
    const { name, namespace, hostNetwork, containers } = this.plan
    const uid = this.plan.configHash ?? this.plan.uid
    return {
      metadata: { name, uid, namespace, attempt: this.#attempt },
      hostname: hostNetwork ? '' : name,
      log_directory: join(this.#runtime.logFolder, `${namespace}_${name}_${uid}`),
      labels: {
        'io.kubernetes.pod.name': name,
        'io.kubernetes.pod.namespace': namespace,
        'io.kubernetes.pod.uid': uid,
      },
      linux: {
        cgroup_parent: `${this.#runtime.node.cgroup}/kubepods/besteffort/pod${uid}`,
        security_context: {
          namespace_options: namespaceOptions(this.plan),
          privileged: containers.some((container) => container.privileged),
        },
      },
    }
  }

  /** Where the kubelet makes an emptyDir on the node. */
  #volumePath(name: string): string {
    return `/var/lib/kubelet/pods/${this.plan.uid}/volumes/kubernetes.io~empty-dir/${name}`
  }

  #containerConfig({ plan, restarts, target }: PodContainerHandle): ContainerConfig {
    const options = namespaceOptions(this.plan)
    const joins = target !== null && options.pid === 'CONTAINER'
    return {
      metadata: { name: plan.name, attempt: restarts },
      image: { image: BUSYBOX_IMAGE },
      command: plan.command,
      mounts: ('volumeMounts' in plan ? (plan.volumeMounts ?? []) : []).map(
        ({ name, mountPath, readOnly = false }) => ({
          container_path: mountPath,
          host_path: this.#volumePath(name),
          readonly: readOnly,
        }),
      ),
      labels: { 'io.kubernetes.container.name': plan.name },
      log_path: `${plan.name}.${restarts}.log`,
      linux: {
        security_context: {
          capabilities: { add_capabilities: 'capabilities' in plan ? (plan.capabilities ?? []) : [] },
          privileged: 'privileged' in plan && plan.privileged === true,
          namespace_options: joins ? { ...options, pid: 'TARGET', target_id: target } : options,
        },
      },
    }
  }
}

/** Starts a pod and waits until all its containers have been started. */
export async function runPod(runtime: Containerd, plan: PodPlan): Promise<CriPod> {
  const pod = new CriPod(runtime, plan)
  await pod.start()
  return pod
}

/** As the kubelet derives them from the specification (pkg/kubelet/util/util.go, NamespacesForPod). */
function namespaceOptions(plan: PodPlan): NamespaceOption {
  return {
    network: plan.hostNetwork ? 'NODE' : 'POD',
    ipc: plan.hostIPC ? 'NODE' : 'POD',
    pid: plan.hostPID ? 'NODE' : plan.shareProcessNamespace ? 'POD' : 'CONTAINER',
  }
}

function pidIn(info: Record<string, string>): number {
  return (JSON.parse(info.info ?? '{}') as { pid: number }).pid
}
