import { describe, expect, it } from 'vitest'
import { observePod, observeWithoutScan } from '../observe/observe.ts'
import { indexScan } from '../observe/scan-index.ts'
import { CONTEXT, cgroupLine, container, containerId, pod, process, scan } from '../test/domain-builders.ts'
import { buildGraph } from './graph.ts'
import { graphWordsKo } from './graph-words-ko.ts'
import { membershipTable } from './membership-table.ts'

const IDS = { pause: containerId('bb'), nginx: containerId('aa'), shell: containerId('cc') }
const POD = { net: 101, ipc: 102, uts: 103 }
const ended = { kind: 'terminated' as const, reason: 'Completed', exitCode: 0, finishedAt: null }
const waits = { kind: 'waiting' as const, reason: 'ErrImagePull', message: null }
const WEB = pod([
  container('nginx', { id: IDS.nginx }),
  container('shell', { id: IDS.shell }),
  container('done', { state: ended }),
  container('bad', { state: waits }),
  container('new', { state: { kind: 'unknown' } }),
])

const seen = scan([
  process(1, { ppid: 0 }),
  process(10, { cgroup: [cgroupLine(IDS.pause)], argv: ['/pause'], ns: { ...POD, mnt: 110, pid: 111 } }),
  process(20, { cgroup: [cgroupLine(IDS.nginx)], ns: { ...POD, mnt: 120, pid: 121, cgroup: 122 } }),
  { ...process(30, { cgroup: [cgroupLine(IDS.shell)], unreadable: 'denied' }), ns: { net: 4026531840 } },
])

describe('membershipTable', () => {
  const table = membershipTable(buildGraph(observePod(indexScan(seen, [WEB]), WEB, CONTEXT)))
  const cell = (row: string, column: string) =>
    table.rows.find(({ name }) => name === row)?.cells[table.columns.indexOf(column as 'net')]

  it('has a row for each container and a column for each type', () => {
    expect(table.columns).toEqual(['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'])
    expect(table.rows.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'sandbox pause',
      'app nginx',
      'app shell',
      'app done',
      'app bad',
      'app new',
    ])
    for (const { cells } of table.rows) expect(cells).toHaveLength(8)
  })

  it('gives equal inodes one letter, and none to who is alone', () => {
    const net = { kind: 'member', namespace: 'net:[101]', inode: 101, scope: 'pod', letter: 'A', agrees: true }
    expect(cell('pause', 'net')).toEqual(net)
    expect(cell('nginx', 'net')).toEqual(net)
    expect(cell('shell', 'net')).toMatchObject({ inode: 4026531840, scope: 'node', letter: null, agrees: false })
    expect(cell('nginx', 'mnt')).toMatchObject({ scope: 'own', letter: null })
    expect(cell('nginx', 'time')).toMatchObject({ scope: 'node', letter: 'A' })
  })

  it('says why a cell is empty', () => {
    expect(cell('shell', 'mnt')).toEqual({ kind: 'unreadable', reason: expect.stringContaining('Not permitted') })
    expect(cell('done', 'net')).toEqual({ kind: 'absent', reason: 'Ended: Completed.' })
    expect(cell('bad', 'net')).toEqual({ kind: 'absent', reason: 'Not started: ErrImagePull.' })
    expect(cell('new', 'net')).toEqual({ kind: 'absent', reason: 'The API server does not tell its state.' })
    const unseen = observeWithoutScan(WEB, CONTEXT, { code: 'no-scan', detail: '', count: 0 })
    const { rows } = membershipTable(buildGraph(unseen))
    expect(rows[0]?.cells[0]).toEqual({ kind: 'absent', reason: 'The node was not scanned.' })
  })

  it('has no reason in another language than its own', () => {
    const { rows } = membershipTable(
      buildGraph(observePod(indexScan(seen, [WEB]), WEB, CONTEXT), graphWordsKo),
      graphWordsKo,
    )
    const reasons = rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell.kind === 'member' ? [] : [cell.reason])))
    expect(reasons.length).toBeGreaterThan(20)
    for (const reason of reasons) expect(reason).toMatch(/[가-힣]/)
  })

  it('goes on with AA after Z', () => {
    const containers = Array.from({ length: 56 }, (_, at) => container(`c${at}`, { id: containerId(`${10 + at}`) }))
    const many = pod(containers)
    const pairs = containers.map(({ id }, at) =>
      process(100 + at, { cgroup: [cgroupLine(id as string)], ns: { mnt: 1000 + Math.floor(at / 2) } }),
    )
    const found = membershipTable(
      buildGraph(observePod(indexScan(scan([process(1), ...pairs]), [many]), many, CONTEXT)),
    )
    const letters = found.rows.map(({ cells }) => (cells[2]?.kind === 'member' ? cells[2].letter : null))
    expect([...new Set(letters)].slice(-3)).toEqual(['Z', 'AA', 'AB'])
  })
})
