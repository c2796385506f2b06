import { buildGraph, indexScan, observePod, type PodGraph, type ScannedProcess } from '@pausescope/shared'
import { expect, it } from 'vitest'
import {
  CONTEXT,
  cgroupLine,
  container,
  containerId,
  pod,
  process,
  scan,
} from '../../../packages/shared/src/test/domain-builders.ts'
import { brokenGraphLaws, brokenNodeLaws } from './laws.ts'
import { brokenTableLaws } from './table-laws.ts'

const [PAUSE, NGINX, SHELL] = ['a', 'b', 'c'].map(containerId) as [string, string, string]
const inPod = (pid: number, id: string, ns: ScannedProcess['ns'], argv: string) =>
  process(pid, { cgroup: [cgroupLine(id)], ns: { net: 101, ipc: 102, uts: 103, ...ns }, argv: [argv] })
const SCAN = scan([
  process(1),
  inPod(10, PAUSE, { mnt: 110, pid: 111 }, '/pause'),
  inPod(20, NGINX, { mnt: 120, pid: 121, cgroup: 122 }, 'nginx'),
  // Its net is the node's, against the spec.
  inPod(30, SHELL, { mnt: 130, pid: 131, cgroup: 132, net: 4026531840 }, 'sh'),
])
const POD = pod([container('nginx', { id: NGINX }), container('shell', { id: SHELL })])
const OBSERVATION = observePod(indexScan(SCAN, [POD]), POD, CONTEXT)
const GRAPH = buildGraph(OBSERVATION)
const linksOf = ({ namespaces }: PodGraph) =>
  namespaces.flatMap(({ key, scope, members }) => (scope === 'own' ? [] : members.map((member) => `${member} ${key}`)))

it('a right graph breaks no law', () => {
  expect(brokenGraphLaws(SCAN, GRAPH, linksOf(GRAPH))).toEqual([])
  expect(brokenTableLaws(SCAN, GRAPH)).toEqual([])
  expect(brokenNodeLaws(SCAN, [OBSERVATION])).toEqual([])
})

it.each<[string, PodGraph, RegExp]>([
  [
    'a link too few',
    { ...GRAPH, namespaces: GRAPH.namespaces.map((one) => ({ ...one, members: one.members.slice(1) })) },
    /linked to one net false, same inode true/,
  ],
  [
    'a link too many',
    {
      ...GRAPH,
      namespaces: GRAPH.namespaces.map((one) => ({ ...one, members: GRAPH.containers.map(({ key }) => key) })),
    },
    /linked to one mnt true, same inode false/,
  ],
  [
    "another container's process",
    {
      ...GRAPH,
      containers: GRAPH.containers.map((one) => ({ ...one, processes: GRAPH.containers.at(-1)?.processes ?? [] })),
    },
    /container:nginx has a stranger: 30/,
  ],
  [
    'a type of which nothing is said',
    {
      ...GRAPH,
      containers: GRAPH.containers.map((one) => ({ ...one, memberships: one.memberships.slice(1) })),
    },
    /container:nginx has types of which nothing is said/,
  ],
  ['a difference that is not told', { ...GRAPH, findings: [] }, /container:shell is not where it should be, net:\[/],
])('%s is noticed', (_name, graph, text) => {
  expect(brokenGraphLaws(SCAN, graph, linksOf(graph)).join('\n')).toMatch(text)
})

it('what is not drawn, lost or in two places is noticed', () => {
  expect(brokenGraphLaws(SCAN, GRAPH, linksOf(GRAPH).slice(1))).toEqual(['The drawn links are not the links.'])
  const lost = { ...OBSERVATION, processes: OBSERVATION.processes.filter(({ pid }) => pid !== 20) }
  expect(brokenNodeLaws(SCAN, [lost])).toEqual([`process 20 of default/web is not in ${NGINX}`])
  expect(brokenNodeLaws(SCAN, [OBSERVATION, OBSERVATION])[0]).toBe('process 10 is in two pods')
})

it('a table that tells another number of processes is noticed', () => {
  const more = scan([...SCAN.processes, process(40)])
  expect(brokenTableLaws(more, GRAPH)[0]).toBe('lsns of 10 is wrong about cgroup:[4026531835]')
})
