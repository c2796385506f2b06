import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startContainerd, whyNotHere } from './containerd.ts'
import { runPod } from './cri-pod.ts'
import { runOn } from './kernel-says.ts'

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
    await expect.poll(() => tracesOf(folder)).toEqual([])
  })

  it("keeps its pods' mounts and interfaces to itself, and ends with close", async () => {
    const runtime = await startContainerd()
    const pod = await runPod(runtime, {
      name: 'hidden',
      namespace: 'default',
      uid: 'b0',
      containers: [{ name: 'a', command: ['true'] }],
    })
    const inside = [runOn(runtime.node, 'cat', '/proc/1/mountinfo'), runOn(runtime.node, 'ip', '-o', 'link')].join()
    const outside = [readFileSync('/proc/self/mountinfo', 'utf8'), ...readdirSync('/sys/class/net')].join()
    const veth = /veth[0-9a-f]+/.exec(inside)?.[0] ?? 'none'
    for (const trace of [pod.sandboxId, veth]) {
      expect(inside).toContain(trace)
      expect(outside).not.toContain(trace)
    }
    await runtime.close()
    expect(tracesOf(runtime.node.folder)).toEqual([])
  })
})

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
