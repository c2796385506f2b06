import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { writeConfig } from './containerd-config.ts'
import { type CriClient, connectCri } from './cri-client.ts'
import { imageArchive } from './images.ts'
import { findRequirements } from './requirements.ts'
import { type Traces, tracesOf } from './traces.ts'

/** A private containerd: its own folder, socket, bridge and cgroup. */
export type Containerd = {
  cri: CriClient
  /** The runtime's version as it tells it. */
  version: string
  /** Where the kubelet would keep container logs. */
  logFolder: string
  /** All pods' cgroups lie below it. */
  cgroup: string
  /** Where containerd pins the pods' network namespaces. */
  pinFolder: string
  /** Ends everything that runs in it and removes every trace. */
  close(): Promise<void>
}

/** In one sentence, why no real pod sandbox can run on this machine; null where one can. */
export function whyNotHere(): string | null {
  const found = findRequirements()
  return found.here ? null : found.why
}

/**
 * Starts a containerd of its own, with images for pods and pause and a bridge network. It ends with `close`, and also when
 * this process ends in any other way.
 * @throws Error with the end of the runtime's log when it does not become ready.
 */
export async function startContainerd(): Promise<Containerd> {
  const found = findRequirements()
  if (!found.here) throw new Error(found.why)
  const guard = await startGuard()
  try {
    const { config, socket } = writeConfig(guard.traces, found.pluginFolder)
    const logFile = join(guard.traces.folder, 'containerd.log')
    const log = openSync(logFile, 'a')
    spawn(found.programs.containerd, ['--config', config], { stdio: ['ignore', log, log], detached: true }).unref()
    const cri = connectCri(socket)
    await becomeReady(cri, logFile)
    const archive = join(guard.traces.folder, 'images.tar')
    writeFileSync(archive, imageArchive(found.programs))
    await promisify(execFile)(found.programs.ctr, [
      ...['--address', socket, '--namespace', 'k8s.io'],
      ...['images', 'import', '--snapshotter', 'native', archive],
    ])
    return {
      cri,
      version: (await cri.call('Version', {})).runtime_version,
      logFolder: join(guard.traces.folder, 'logs'),
      cgroup: guard.traces.cgroup,
      pinFolder: join(guard.traces.folder, 'state/io.containerd.grpc.v1.cri/netns'),
      close: async () => {
        cri.close()
        await guard.end()
      },
    }
  } catch (cause) {
    await guard.end()
    throw cause
  }
}

async function startGuard(): Promise<{ traces: Traces; end(): Promise<void> }> {
  const guard = spawn(process.execPath, [join(import.meta.dirname, 'guard.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = once(guard, 'close')
  const [pid] = await once(guard.stdout.setEncoding('utf8'), 'data')
  return {
    traces: tracesOf(Number(pid)),
    end: async () => {
      guard.stdin.end()
      await ended
    },
  }
}

async function becomeReady(cri: CriClient, logFile: string): Promise<void> {
  let last = 'it did not answer'
  for (let round = 0; round < 200; round += 1) {
    await sleep(50)
    try {
      const { status } = await cri.call('Status', {})
      const unready = status.conditions.find((condition) => !condition.status)
      if (!unready) return
      last = unready.message
    } catch (cause) {
      last = (cause as Error).message
    }
  }
  const log = readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join('\n')
  throw new Error(`containerd did not become ready: ${last}. The end of its log:\n${log}`)
}
