import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Children of one shell: its list of jobs makes each more expensive than the last. */
const BROOD = 200

/**
 * Starts processes that only wait, as forks of a few shells, and gives what ends them. They end by themselves when this
 * process does: each waits for the end of a pipe that it holds.
 */
export async function startProcesses(count: number): Promise<() => Promise<void>> {
  const broods = Math.ceil(count / BROOD)
  const each = Math.max(0, Math.ceil(count / Math.max(1, broods)) - 1)
  const repeat = (times: number, body: string) => `i=0; while [ $i -lt ${times} ]; do ${body} i=$((i + 1)); done`
  const brood = `${repeat(each, '{ read -r _ <&3; } &')}; echo ready; wait`
  const script = `exec 3<&0; ${repeat(broods, `( ${brood} ) &`)}; wait`
  const child = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  await new Promise<void>((resolve, reject) => {
    let ready = ''
    const check = () => ready.length >= broods * 'ready\n'.length && resolve()
    child.stdout.on('data', (chunk: Buffer) => {
      ready += chunk.toString()
      check()
    })
    child.on('error', reject)
    child.on('close', () => reject(new Error('the processes ended too early')))
    check()
  })
  return async () => {
    child.stdin.end()
    await ended
  }
}
