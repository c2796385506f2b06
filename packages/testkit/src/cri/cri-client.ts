import { join } from 'node:path'
import type { Client, ServiceError } from '@grpc/grpc-js'

type NamespaceMode = 'POD' | 'CONTAINER' | 'NODE' | 'TARGET'
export type NamespaceOption = { network: NamespaceMode; pid: NamespaceMode; ipc: NamespaceMode; target_id?: string }

export type PodSandboxConfig = {
  metadata: { name: string; uid: string; namespace: string; attempt: number }
  hostname: string
  log_directory: string
  labels: Record<string, string>
  linux: {
    cgroup_parent: string
    security_context: { namespace_options: NamespaceOption; privileged: boolean }
  }
}

export type ContainerConfig = {
  metadata: { name: string; attempt: number }
  image: { image: string }
  command: readonly string[]
  mounts: readonly { container_path: string; host_path: string; readonly: boolean }[]
  labels: Record<string, string>
  log_path: string
  linux: {
    security_context: {
      capabilities: { add_capabilities: readonly string[] }
      privileged: boolean
      namespace_options: NamespaceOption
    }
  }
}

/** Times are nanoseconds since 1970 in decimal; "0" means it has not happened. */
export type ContainerStatus = {
  id: string
  state: 'CONTAINER_CREATED' | 'CONTAINER_RUNNING' | 'CONTAINER_EXITED' | 'CONTAINER_UNKNOWN'
  created_at: string
  started_at: string
  finished_at: string
  exit_code: number
  image_ref: string
  reason: string
}

type Sandbox = { pod_sandbox_id: string }
type Container = { container_id: string }
type Nothing = Record<never, never>

/** Request and reply of each call that `cri.proto` has. */
type CriCalls = {
  Version: [Nothing, { runtime_name: string; runtime_version: string }]
  Status: [Nothing, { status: { conditions: { type: string; status: boolean; message: string }[] } }]
  RunPodSandbox: [{ config: PodSandboxConfig; runtime_handler?: string }, Sandbox]
  StopPodSandbox: [Sandbox, Nothing]
  RemovePodSandbox: [Sandbox, Nothing]
  PodSandboxStatus: [
    Sandbox & { verbose: boolean },
    { status: { state: string; network: { ip: string } | null }; info: Record<string, string> },
  ]
  CreateContainer: [Sandbox & { config: ContainerConfig; sandbox_config: PodSandboxConfig }, Container]
  StartContainer: [Container, Nothing]
  StopContainer: [Container & { timeout: number }, Nothing]
  ContainerStatus: [Container & { verbose: boolean }, { status: ContainerStatus; info: Record<string, string> }]
  ExecSync: [
    Container & { cmd: readonly string[]; timeout: number },
    { stdout: Buffer; stderr: Buffer; exit_code: number },
  ]
}

export type CriClient = {
  /** @throws Error that names the call and carries the runtime's own words. */
  call<Name extends keyof CriCalls>(name: Name, request: CriCalls[Name][0]): Promise<CriCalls[Name][1]>
  close(): void
}

/** No call of the tests takes longer unless the runtime hangs. */
const DEADLINE_MS = 20_000

type Unary = (
  request: object,
  options: { deadline: number },
  done: (e: ServiceError | null, reply: never) => void,
) => void

/**
 * Speaks the Container Runtime Interface (runtime.v1) as the kubelet does, over the runtime's unix socket. The gRPC packages
 * are loaded here, so that tests without a runtime need not wait for them.
 */
export async function connectCri(socket: string): Promise<CriClient> {
  const { credentials, loadPackageDefinition } = await import('@grpc/grpc-js')
  const { load } = await import('@grpc/proto-loader')
  const definition = await load(join(import.meta.dirname, 'cri.proto'), {
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
  })
  const { runtime } = loadPackageDefinition(definition) as unknown as {
    runtime: { v1: { RuntimeService: new (address: string, credentials: object) => Client } }
  }
  const client = new runtime.v1.RuntimeService(`unix://${socket}`, credentials.createInsecure())
  return {
    call: (name, request) =>
      new Promise((resolve, reject) => {
        const unary = (client as unknown as Record<string, Unary>)[name] as Unary
        unary.call(client, request, { deadline: Date.now() + DEADLINE_MS }, (error, reply) =>
          error ? reject(new Error(`The runtime refused ${name}: ${error.details}`)) : resolve(reply),
        )
      }),
    close: () => client.close(),
  }
}
