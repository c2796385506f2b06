import { describe, expect, it } from 'vitest'
import { buildGraph } from '../graph/graph.ts'
import type { ScannedProcess } from '../model/node-scan.ts'
import type { Pod } from '../model/pod.ts'
import { observePod } from '../observe/observe.ts'
import { indexScan } from '../observe/scan-index.ts'
import { redactObservation } from '../redact/redact-recording.ts'
import {
  CONTEXT,
  cgroupLine,
  container,
  containerId,
  NODE_NAMESPACES,
  pod,
  process,
  scan,
} from '../test/domain-builders.ts'
import { hideArguments } from './hide-arguments.ts'
import { type ProcessTree, processTrees } from './process-tree.ts'
import { psText } from './ps-text.ts'

const [PAUSE, WEB, LOGS] = ['0a', '0b', '0c'].map(containerId) as [string, string, string]
const OWN = 4026532001
const NESTED = 4026532002
const DEEPER = 4026532003

function graphOf(processes: ScannedProcess[], more: Partial<Pod> = {}, extra: Parameters<typeof scan>[1] = {}) {
  const one = pod([container('web', { id: WEB }), container('logs', { id: LOGS })], more)
  const init = process(1, { ppid: 0, argv: ['/sbin/init'] })
  return buildGraph(observePod(indexScan(scan([init, ...processes], extra), [one]), one, CONTEXT))
}

/** A process of a container in the PID namespace OWN. */
function inside(pid: number, inner: number, ppid: number, more: Partial<ScannedProcess> & { id?: string } = {}) {
  const { id = WEB, ns, ...rest } = more
  return process(pid, { ppid, nspid: [pid, inner], cgroup: [cgroupLine(id)], ...rest, ns: { pid: OWN, ...ns } })
}

/** `1.2 <1 web` : number, parent's, container; a dot for each level. */
function lines({ processes }: ProcessTree): string[] {
  return processes.map(
    ({ depth, inner, innerParent, container }) => `${'.'.repeat(depth)}${inner} <${innerParent} ${container.name}`,
  )
}

describe('the tree of a PID namespace', () => {
  it('numbers its processes from inside, those of PID namespaces made in it too', () => {
    const trees = processTrees(
      graphOf([
        inside(20, 1, 900),
        inside(21, 7, 20),
        process(22, { ppid: 21, nspid: [22, 8, 1], cgroup: [cgroupLine(WEB)], ns: { pid: NESTED } }),
        process(23, { ppid: 22, nspid: [23, 9, 2, 1], cgroup: [cgroupLine(WEB)], ns: { pid: DEEPER } }),
        inside(24, 10, 900),
      ]),
    )
    expect(trees.map(({ namespace }) => namespace)).toEqual([OWN, NESTED, DEEPER].map((inode) => `pid:[${inode}]`))
    expect(trees.map(lines)).toEqual([
      ['1 <0 web', '.7 <1 web', '..8 <7 web', '...9 <8 web', '10 <0 web'],
      ['1 <0 web', '.2 <1 web'],
      ['1 <0 web'],
    ])
    expect(trees[0]?.processes.map(({ nested }) => nested)).toEqual([false, false, true, true, false])
    expect(trees[0]?.processes.map(({ isFirst }) => isFirst)).toEqual([true, false, false, false, false])
  })

  it('does not take a namespace beside it for one inside it', () => {
    const beside = process(30, { ppid: 900, nspid: [30, 5, 1], cgroup: [cgroupLine(LOGS)], ns: { pid: NESTED } })
    const [own] = processTrees(graphOf([inside(20, 1, 900), beside]))
    expect(own && lines(own)).toEqual(['1 <0 web'])
  })

  it('is one for all containers where they share it, and pause is its PID 1', () => {
    const trees = processTrees(
      graphOf(
        [
          inside(20, 1, 900, { id: PAUSE, argv: ['/pause'], comm: 'pause' }),
          inside(30, 7, 900),
          inside(31, 8, 30),
          inside(40, 9, 900, { id: LOGS }),
        ],
        { shareProcessNamespace: true },
      ),
    )
    expect(trees.map(lines)).toEqual([['1 <0 pause', '7 <0 web', '.8 <7 web', '9 <0 logs']])
    expect(trees[0]?.containers).toEqual([`sandbox:${PAUSE}`, 'container:web', 'container:logs'])
  })

  it("has the node's numbers in the node's namespace", () => {
    const onNode = (pid: number, ppid: number) => process(pid, { ppid, cgroup: [cgroupLine(WEB)] })
    const [tree] = processTrees(graphOf([onNode(20, 900), onNode(21, 20)], { hostPID: true }))
    expect(tree && lines(tree)).toEqual(['20 <900 web', '.21 <20 web'])
    expect(tree?.namespace).toBe(`pid:[${NODE_NAMESPACES.pid}]`)
    expect(tree?.processes.some(({ isFirst }) => isFirst)).toBe(false)
    expect(tree?.outside).toBe(1)
  })

  it('says of a zombie who must reap it, and who inherits that', () => {
    const dead = (pid: number, inner: number, ppid: number) =>
      inside(pid, inner, ppid, { state: 'Z', argv: [], comm: `dead${inner}` })
    const [tree] = processTrees(
      graphOf([
        inside(20, 1, 900, { comm: 'web' }),
        inside(21, 7, 20, { comm: 'sh' }),
        dead(22, 8, 21),
        dead(23, 9, 20),
        dead(24, 10, 900),
      ]),
    )
    const first = { pid: 20, inner: 1, comm: 'web' }
    expect(tree?.processes.flatMap(({ inner, zombie }) => (zombie ? [[inner, zombie]] : []))).toEqual([
      [8, { parent: { pid: 21, inner: 7, comm: 'sh' }, heir: first }],
      [9, { parent: first, heir: null }],
      [10, { parent: { pid: 900, inner: null, comm: null }, heir: null }],
    ])
    expect(tree?.processes.find(({ inner }) => inner === 8)?.command).toBe('[dead8] <defunct>')
  })

  it('has users as the user namespace of its PID 1 numbers them', () => {
    const user = { user: 4026532090 }
    const userMaps = [{ inode: user.user, ranges: [{ inside: 0, outside: 100000, count: 1000 }] }]
    const uids = [100000, 100101, 0, null]
    const all = uids.map((uid, at) => inside(20 + at, 1 + at, at === 0 ? 900 : 20, { uid, ns: user }))
    const [tree] = processTrees(graphOf(all, { hostUsers: false }, { userMaps }))
    expect(tree?.processes.map(({ uid }) => uid)).toEqual([0, 101, 65534, null])
  })

  it('keeps processes of unread PID namespaces apart and invents no number', () => {
    const { pid: _, ...others } = NODE_NAMESPACES
    const closed = { ...inside(30, 1, 900), ns: others, unreadable: 'denied' as const }
    const trees = processTrees(graphOf([inside(20, 1, 900), closed]))
    expect(trees[1]).toMatchObject({ namespace: null, processes: [{ pid: 30, inner: null, innerParent: null }] })
    expect(psText(trees[1] as ProcessTree)).toBe('')
  })

  it('says that a parent is not known where others than the pod are in it', () => {
    const stranger = process(50, { nspid: [50, 3], ns: { pid: OWN } })
    const [tree] = processTrees(graphOf([inside(20, 1, 900), inside(21, 4, 50), stranger]))
    expect(tree && lines(tree)).toEqual(['1 <null web', '4 <null web'])
    expect(tree?.outside).toBe(1)
  })

  it('ends for rings of parents and for chains of thousands, and loses nobody', () => {
    const ring = [inside(20, 2, 22), inside(21, 3, 20), inside(22, 4, 21)]
    expect(processTrees(graphOf(ring))[0]?.processes.map(({ inner }) => inner)).toEqual([2, 3, 4])
    const chain = Array.from({ length: 20_000 }, (_, at) => inside(1000 + at, 1 + at, at === 0 ? 900 : 999 + at))
    expect(processTrees(graphOf(chain))[0]?.processes.at(-1)).toMatchObject({ inner: 20_000, depth: 19_999 })
  })
})

describe('ps', () => {
  const some = graphOf([
    inside(20, 1, 900, { uid: 65535, argv: ['nginx: master process nginx -g daemon off;'], comm: 'nginx' }),
    inside(22, 12, 21, { argv: ['sh', '-c', 'a\nb\x1b[31m\u202e'], comm: 'sh' }),
    inside(21, 7, 20, { argv: ['redis', '--requirepass', 'hunter2'], comm: 'redis' }),
  ])

  it('prints the columns that are known, by number, and lets no name out of its line', () => {
    expect(processTrees(some).map(psText)).toEqual([
      [
        'UID          PID    PPID CMD',
        '65535          1       0 nginx: master process nginx -g daemon off;',
        'root           7       1 redis --requirepass hunter2',
        'root          12       7 sh -c a␊b␛[31m\ufffd',
        '',
      ].join('\n'),
    ])
  })

  it('prints no argument where they are hidden', () => {
    const hidden = buildGraph(hideArguments(some.observation))
    expect(processTrees(hidden).map(psText).join('')).toContain('       7       1 redis\n')
    expect(JSON.stringify(hidden)).not.toMatch(/hunter2|daemon off|31m/)
  })

  it('prints no argument of what is redacted', () => {
    const redacted = buildGraph(redactObservation(some.observation))
    expect(processTrees(redacted).map(psText).join('')).toMatch(/ {7}7 {7}1 redis\n/)
    expect(processTrees(redacted).map(psText).join('')).not.toMatch(/hunter2|daemon off|31m/)
  })
})
