import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { writeConfig } from './containerd-config.ts'
import { type CriClient, connectCri } from './cri-client.ts'
import { imageArchive } from './images.ts'
import { type PrivateNode, startPrivateNode } from './private-node.ts'
import { findRequirements, onPath } from './requirements.ts'

/** A private node with a containerd of its own. */
export type Containerd = {
  node: PrivateNode
  cri: CriClient
  /** The runtime's version as it tells it. */
  version: string
  /** Where the kubelet would keep container logs. */
  logFolder: string
  /** Runs containerd's own client on the node, on the images of the pods. */
  ctr(...args: string[]): Promise<void>
  /** Ends everything that runs in it and removes every trace. */
  close(): Promise<void>
}

/** In one sentence, why no real pod sandbox can run on this machine; null where one can. */
export function whyNotHere(): string | null {
  const found = findRequirements()
  return found.here ? null : found.why
}

/** In one sentence, why the runtime class `gvisor` cannot be used where real pods can run; null where it can. */
export function whyNoGvisor(): string | null {
  return onPath('runsc') ? null : 'gVisor cannot run here: runsc is missing (on Debian install runsc).'
}

/** The same of the runtime class `kata`. */
export function whyNoQemu(): string | null {
  const program = `qemu-system-${{ x64: 'x86_64', arm64: 'aarch64' }[process.arch as string] ?? process.arch}`
  return onPath(program) ? null : `No virtual machine can run here: ${program} is missing.`
}

/**
 * Starts a node with containerd, images for pods and pause, and a bridge network. It ends with `close`, and also when this
 * process ends in any other way.
 * @throws Error with the end of the runtime's log when it does not become ready.
 */
export async function startContainerd(): Promise<Containerd> {
  const found = findRequirements()
  if (!found.here) throw new Error(found.why)
  let socket = ''
  const node = await startPrivateNode((folder) => {
    const paths = writeConfig(folder, found.pluginFolder)
    socket = paths.socket
    return `exec ${found.programs.containerd} --config ${paths.config}`
  })
  const cri = await connectCri(socket)
  const ctr = async (...args: string[]) => {
    const [program = '', ...rest] = [
      ...[...node.enter, found.programs.ctr, '--address', socket, '--namespace', 'k8s.io'],
      ...args,
    ]
    await promisify(execFile)(program, rest)
  }
  const close = async () => {
    cri.close()
    await node.end()
  }
  try {
    const version = await becomeReady(cri, join(node.folder, 'node.log'))
    const archive = join(node.folder, 'images.tar')
    writeFileSync(archive, imageArchive(found.programs))
    await ctr('images', 'import', archive)
    return { node, cri, version, logFolder: join(node.folder, 'logs'), ctr, close }
  } catch (cause) {
    await close()
    throw cause
  }
}

/** @returns the runtime's version, when it says that pods and their network can be made. */
async function becomeReady(cri: CriClient, log: string): Promise<string> {
  let last = 'it did not answer'
  for (let round = 0; round < 300; round += 1) {
    await sleep(50)
    try {
      const { status } = await cri.call('Status', {})
      const unready = status.conditions.find((condition) => !condition.status)
      if (!unready) return (await cri.call('Version', {})).runtime_version
      last = unready.message
    } catch (cause) {
      last = (cause as Error).message
    }
  }
  const end = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n')
  throw new Error(`containerd did not become ready: ${last}. The end of its log:\n${end}`)
}
