import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Starts processes that only wait, as forks of one shell, and gives what ends them. They end by themselves when this
 * process does: each waits for the end of a pipe that it holds.
 */
export async function startProcesses(count: number): Promise<() => Promise<void>> {
  const script = `exec 3<&0; i=0; while [ $i -lt ${count} ]; do { read -r _ <&3; } & i=$((i + 1)); done; echo ready; wait`
  const child = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error('too many processes')))])
  return async () => {
    child.stdin.end()
    await ended
  }
}
