import { readlinkSync } from 'node:fs'
import { indexScan, NAMESPACE_TYPES, namespaceKey } from '@pausescope/shared'
import { expect, it } from 'vitest'
import { runProbe } from '../probe/run-probe.ts'

function linkOf(pid: number, type: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/${type}`)
  } catch {
    return null
  }
}

/** A machine whose PID 1 has a capability that root here lacks. */
const isSo = process.platform === 'linux' && linkOf(1, 'net') === null && linkOf(2, 'net') !== null
const name = "where PID 1 is closed even to root, the node's namespaces are those of kthreadd"

it.skipIf(!isSo)(
  isSo ? name : `${name} (skipped: PID 1 can be read here, or PID 2 cannot)`,
  async () => {
    const { baseline, gaps } = indexScan(await runProbe('/proc'), [])
    const links = Object.values(baseline).map(namespaceKey)
    expect(links).toEqual(NAMESPACE_TYPES.flatMap((type) => linkOf(2, type) ?? []))
    expect(gaps.map(({ code }) => code)).toContain('baseline-lent')
    expect(gaps.map(({ code }) => code)).not.toContain('baseline-unreadable')
  },
  60_000,
)
