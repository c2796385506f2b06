import { appendFileSync, mkdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseThreads } from './parse-threads.ts'
import { THREADS_MAX } from './probe-script.ts'
import { runProbe } from './run-probe.ts'
import { withTree } from './test/with-tree.ts'

it('gathers what is read of each thread', () => {
  const malformed = { lines: 0 }
  const lines = [
    "'20/task/22/ns/uts' -> 'uts:[502]'",
    "'20/task/21/ns/net' -> 'net:[501]'",
    "'20/task/22/ns/net' -> 'net:[503]'",
    // It ended, as GNU tools and as busybox tell it.
    "'30/task/31/ns/net'",
    '',
    '40/task:3000',
  ]
  expect(parseThreads(lines.join('\n'), malformed)).toEqual({
    byPid: new Map([
      [
        20,
        [
          { tid: 21, ns: { net: 501 } },
          { tid: 22, ns: { uts: 502, net: 503 } },
        ],
      ],
    ]),
    many: [40],
  })
  expect(malformed.lines).toBe(0)
})

it.each([
  "'20/task/21/ns/net' -> 'uts:[501]'",
  "'20/task/21/ns/user' -> 'user:[501]'",
  "'0/task/21/ns/net' -> 'net:[501]'",
  "'20/task/0/ns/net' -> 'net:[501]'",
  "'20/task/21/ns/net' -> 'net:[0]'",
  '20/task:x',
])('%s is counted and nothing more', (line) => {
  const malformed = { lines: 0 }
  expect(parseThreads(line, malformed)).toEqual({ byPid: new Map(), many: [] })
  expect(malformed.lines).toBe(1)
})

it('a process with too many threads to look at is named, if these may leave', async () => {
  const scan = await withTree({ processes: [{ pid: 1 }, { pid: 20 }, { pid: 21 }, { pid: 22 }] }, (root) => {
    for (const pid of [20, 21, 22]) {
      // A link that leads somewhere, and not to where PID 1's does: the process is in a container.
      writeFileSync(join(root, `${pid}/ns`, readlinkSync(join(root, `${pid}/ns/mnt`))), '')
      if (pid !== 22) appendFileSync(join(root, `${pid}/status`), 'CapPrm:\t00000000a82425fb\n')
    }
    for (let tid = 1; tid <= THREADS_MAX + 1; tid++) mkdirSync(join(root, `20/task/${tid}`), { recursive: true })
    for (let tid = 1; tid <= THREADS_MAX + 1; tid++) mkdirSync(join(root, `22/task/${tid}`), { recursive: true })
    for (let tid = 1; tid <= 50; tid++) mkdirSync(join(root, `21/task/${tid}`), { recursive: true })
    return runProbe(root)
  })
  expect(scan.gaps.map(({ code, pids }) => [code, pids])).toEqual([['threads-unread', [20]]])
})
