import { describe, expect, it } from 'vitest'
import type { ScannedProcess } from '../model/node-scan.ts'
import { observePod } from '../observe/observe.ts'
import { indexScan } from '../observe/scan-index.ts'
import { CONTEXT, cgroupLine, container, containerId, pod, process, scan } from '../test/domain-builders.ts'
import { lsnsTable, lsnsText } from './lsns.ts'

const ID = containerId('aa')
const WEB = pod([container('web', { id: ID })])
const web = (pid: number, more: Partial<ScannedProcess>) =>
  process(pid, { ppid: 900, cgroup: [cgroupLine(ID)], ...more })

function observe(...processes: ScannedProcess[]) {
  const init = process(1, { ppid: 0, argv: ['/sbin/init'] })
  return observePod(indexScan(scan([init, ...processes]), [WEB]), WEB, CONTEXT)
}

/** The COMMAND that is printed for a process that is alone in its uts namespace. */
function printed(more: Partial<ScannedProcess>, ascii = false): string | undefined {
  const rows = lsnsTable(observe(web(20, { ns: { uts: 5000000000 }, ...more })), 20)
  const line = lsnsText(rows, { ascii })
    .split('\n')
    .find((one) => one.startsWith('5000000000 uts '))
  return line?.replace(/^5000000000 uts +1 +20 root /, '')
}

describe('COMMAND as lsns 2.38.1 printed it for such a process', () => {
  it.each([
    ['arguments', ['/bin/sleep', '5'], '/bin/sleep 5', '/bin/sleep 5'],
    ['control characters', ['a\tb\n', '\x1b[31m'], 'a\\x09b\\x0a \\x1b[31m', 'a\\x09b\\x0a \\x1b[31m'],
    ['what looks like an escape', ['\\x41', '\\n'], '\\x5cx41 \\n', '\\x5cx41 \\n'],
    ['letters of other scripts', ['é', '한'], 'é 한', '\\xc3\\xa9 \\xed\\x95\\x9c'],
    ['beyond the basic plane', ['𐍈'], '𐍈', '\\xf0\\x90\\x8d\\x88'],
    [
      'a line separator and an unassigned letter',
      ['\u2028\u0378'],
      '\\xe2\\x80\\xa8\\xcd\\xb8',
      '\\xe2\\x80\\xa8\\xcd\\xb8',
    ],
    ['format and private characters', ['\u200b\ue000'], '\u200b\ue000', '\\xe2\\x80\\x8b\\xee\\x80\\x80'],
    ['empty arguments', ['tail', '', ''], 'tail  ', 'tail  '],
  ])('%s', (_name, argv, utf8, ascii) => {
    expect(printed({ argv })).toBe(utf8)
    expect(printed({ argv }, true)).toBe(ascii)
  })

  it('is the name of a process without arguments', () => {
    expect(printed({ argv: [], comm: 'kdevtmpfs' })).toBe('kdevtmpfs')
  })

  it('ends after 8191 bytes', () => {
    expect(printed({ argv: ['x'.repeat(20000), '5'] })).toBe('x'.repeat(8191))
    expect(printed({ argv: ['한'.repeat(5000)] })).toBe('한'.repeat(2730))
  })
})

describe('the table', () => {
  it('is ordered by number and has its columns aligned', () => {
    const observation = observe(web(120, { uid: 65535, ns: { net: 4026532399, mnt: 4026532398 } }))
    expect(lsnsText(lsnsTable(observation, 120))).toBe(
      [
        '        NS TYPE   NPROCS   PID USER  COMMAND',
        '4026531834 time        2     1 root  /sbin/init',
        '4026531835 cgroup      2     1 root  /sbin/init',
        '4026531836 pid         2     1 root  /sbin/init',
        '4026531837 user        2     1 root  /sbin/init',
        '4026531838 uts         2     1 root  /sbin/init',
        '4026531839 ipc         2     1 root  /sbin/init',
        '4026532398 mnt         1   120 65535 /bin/p120',
        '4026532399 net         1   120 65535 /bin/p120',
        '',
      ].join('\n'),
    )
  })

  it('widens PID to five only when a PID has the three digits of its header', () => {
    // As `lsns -p 2` prints the kernel's threads.
    const { namespaces, processes, ...rest } = observe(web(20, {}))
    const alone = { ...rest, processes, namespaces: namespaces.filter(({ id }) => id.type === 'net') }
    expect(lsnsText(lsnsTable(alone, 20))).toBe(
      '        NS TYPE NPROCS PID USER COMMAND\n4026531840 net       2   1 root /sbin/init\n',
    )
  })

  it('hangs a row below that of the parent process, as a tree', () => {
    const observation = observe(
      web(20, { ns: { mnt: 4026532000, pid: 4026532001 } }),
      web(21, { ppid: 20, ns: { mnt: 4026532000, pid: 4026532001, uts: 4026532002, net: 4026532003 } }),
      web(22, {
        ppid: 21,
        ns: { mnt: 4026532000, pid: 4026532001, uts: 4026532002, net: 4026532003, ipc: 4026532004 },
      }),
    )
    const commands = (ascii: boolean) =>
      lsnsText(lsnsTable(observation, 22), { ascii })
        .split('\n')
        .slice(-6, -1)
        .map((line) => line.slice(34))
    expect(commands(true)).toEqual(['/bin/p20', '/bin/p20', '|-/bin/p21', '`-/bin/p21', '  `-/bin/p22'])
    expect(commands(false)).toEqual(['/bin/p20', '/bin/p20', '├─/bin/p21', '└─/bin/p21', '  └─/bin/p22'])
  })

  it('names users where they are known', () => {
    const user = (uid: number | null, users?: Record<number, string>) =>
      lsnsTable(observe(web(20, { uid, ns: { uts: 5 } })), 20, users ? { users } : {}).find(({ ns }) => ns === 5)?.user
    expect(user(0)).toBe('root')
    expect(user(33)).toBe('33')
    expect(user(33, { 33: 'www-data' })).toBe('www-data')
    expect(user(3426025472)).toBe('3426025472')
    expect(user(null)).toBe('?')
  })

  it("is nothing for a process that is not the pod's or cannot be read", () => {
    const closed = { ...web(20, {}), ns: {} }
    expect(lsnsTable(observe(closed), 20)).toEqual([])
    expect(lsnsTable(observe(closed), 1)).toEqual([])
    expect(lsnsText([])).toBe('')
  })
})
