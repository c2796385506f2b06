import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { probeOutput } from '../src/probe/run-probe.ts'
import { type Bench, type BenchRow, median, timed } from './bench-row.ts'
import { startProcesses } from './many-processes.ts'

const COUNTS = [200, 2_000, 10_000]
const ROUNDS = 7
const BUSYBOX = '/usr/bin/busybox'

/** The fewest starts of processes that a probe of shell tools can do with: what it costs before it has read a node. */
const STARTS = 'cd /proc; { stat -c %N 1/ns/net; grep -aH "" 1/stat; } | gzip -1'

/** Wall time of the probe against `lsns -J` on the same processes, run by turns; the middle of several rounds. */
export const probeAgainstLsns: Bench = async () => {
  const applets = existsSync(BUSYBOX) ? mkdtempSync(join(tmpdir(), 'bench-busybox-')) : null
  if (applets) execFileSync(BUSYBOX, ['--install', '-s', applets])
  try {
    const rows: BenchRow[] = []
    for (const count of COUNTS) rows.push(...(await compare(count, applets)))
    return rows
  } finally {
    if (applets) rmSync(applets, { recursive: true })
  }
}

async function compare(count: number, applets: string | null): Promise<BenchRow[]> {
  const others = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length
  const stop = await startProcesses(Math.max(0, count - others))
  try {
    const times = { lsns: [] as number[], gnu: [] as number[], busybox: [] as number[], starts: [] as number[] }
    for (let round = 0; round < ROUNDS; round++) {
      times.lsns.push(await timed(lsns))
      times.starts.push(await timed(() => spawnSync('sh', ['-c', STARTS])))
      times.gnu.push(await timed(() => probeOutput('/proc')))
      if (applets) times.busybox.push(await timed(() => probeOutput('/proc', { env: { PATH: applets } })))
    }
    const base = median(times.lsns)
    const row = (tools: string, values: number[], goal: number | null = 0.5): BenchRow => ({
      what: `probe / lsns, ${count} processes, ${tools}`,
      value: median(values) / base,
      unit: '×',
      goal,
      note: `${median(values).toFixed(0)} ms / ${base.toFixed(0)} ms`,
    })
    return [
      row('GNU tools', times.gnu),
      ...(applets ? [row('busybox', times.busybox)] : []),
      row('its process starts alone', times.starts, null),
    ]
  } finally {
    await stop()
  }
}

function lsns(): void {
  const { error, status } = spawnSync('lsns', ['-J'], { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 })
  if (error) throw new Error('lsns is not installed (package util-linux)')
  if (status !== 0) throw new Error('lsns gives up on this machine: a process has a hostile name')
}
