import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startContainerd, whyNotHere } from './containerd.ts'
import { runPod } from './cri-pod.ts'

const reason = whyNotHere()
const POD = `{ name: 'left', namespace: 'default', uid: 'a0', containers: [{ name: 'a', command: ['sleep', '1000'] }] }`

describe.skipIf(reason)(reason ?? 'a private node', { timeout: 120_000 }, () => {
  it('leaves nothing behind when whoever made it is killed', async () => {
    const load = (file: string) => `await import(${JSON.stringify(join(import.meta.dirname, file))})`
    const script = `
      const { startContainerd } = ${load('containerd.ts')}
      const { runPod } = ${load('cri-pod.ts')}
      const runtime = await startContainerd()
      await runPod(runtime, ${POD})
      console.log(runtime.node.folder)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [printed] = await once(child.stdout.setEncoding('utf8'), 'data')
    const folder = String(printed).trim()
    expect(tracesOf(folder)).not.toEqual([])
    child.kill('SIGKILL')
    for (let round = 0; round < 400 && existsSync(folder); round += 1) await sleep(50)
    expect(tracesOf(folder)).toEqual([])
  })

  it('hides its pods, mounts and interfaces from the machine, and ends with close', async () => {
    const before = machine()
    const runtime = await startContainerd()
    const pod = await runPod(runtime, {
      name: 'hidden',
      namespace: 'default',
      uid: 'b0',
      containers: [{ name: 'a', command: ['true'] }],
    })
    expect(await pod.ip()).toMatch(/^10\.88\./)
    expect(machine()).toEqual(before)
    await runtime.close()
    expect(tracesOf(runtime.node.folder)).toEqual([])
  })
})

/** Mounts, interfaces and the folders that containerd and CNI use outside their own. */
function machine(): string[] {
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: 'utf8' })
  const folders = ['/run/containerd', '/run/netns', '/var/lib/cni'].map((folder) => `${folder} ${existsSync(folder)}`)
  return [run('cat', '/proc/self/mountinfo'), run('ls', '/sys/class/net'), ...folders]
}

/** The node's folder, its cgroups, and processes that were started with a path in its folder. */
function tracesOf(folder: string): string[] {
  const cgroups = readdirSync('/sys/fs/cgroup').map((entry) => join('/sys/fs/cgroup', entry, basename(folder)))
  const processes = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(`${folder}/`))
  return [folder, join('/sys/fs/cgroup', basename(folder)), ...cgroups].filter(existsSync).concat(processes)
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
