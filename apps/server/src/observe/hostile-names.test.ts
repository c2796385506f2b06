import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { buildGraph, lsnsTable, lsnsText, NAMESPACE_TYPES, namespaceKey } from '@pausescope/shared'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CapturedNode, READ_LIMIT_MS, readCapturedNode } from './test/captured-node.ts'

/** Members of each namespace, read from the tree with nothing but readlink: no text of a process comes near it. */
function walkTree(procRoot: string): Map<string, number[]> {
  const members = new Map<string, number[]>()
  for (const pid of readdirSync(procRoot)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)) {
    for (const type of NAMESPACE_TYPES) {
      try {
        const key = readlinkSync(join(procRoot, `${pid}`, 'ns', type))
        members.set(
          key,
          [...(members.get(key) ?? []), pid].sort((a, b) => a - b),
        )
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
      }
    }
  }
  return members
}

/** PIDs whose cgroup file names the id. */
function inCgroup(procRoot: string, id: string): number[] {
  const pids = readdirSync(procRoot).filter((name) => /^\d+$/.test(name))
  return pids
    .filter((pid) => readFileSync(join(procRoot, pid, 'cgroup'), 'latin1').includes(id))
    .map(Number)
    .sort((a, b) => a - b)
}

describe.each([
  ['node1-hostile', 'lab-v1/hostile-names'],
  ['node3-hostile', 'lab-v2/hostile-names'],
] as const)('%s, where the real lsns gives up', (name, pod) => {
  let node: CapturedNode
  beforeAll(async () => {
    node = await readCapturedNode(name)
  }, READ_LIMIT_MS)

  it('has the members that a plain walk over the tree finds', () => {
    const indexed = NAMESPACE_TYPES.flatMap((type) => [...node.index.namespaces[type].values()])
      .filter(({ members }) => members.length > 0)
      .map(({ id, members }) => [namespaceKey(id), members.map(({ pid }) => pid)] as const)
    expect(Object.fromEntries(indexed)).toEqual(Object.fromEntries(walkTree(node.capture.procRoot)))
  })

  it('gives every process of the pod to its container, whatever it calls itself', () => {
    const { containers, findings, gaps } = node.graph(pod)
    expect(containers.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['sandbox pause', 'app evil'])
    for (const { containerId, processes } of containers) {
      expect(processes.map(({ pid }) => pid)).toEqual(inCgroup(node.capture.procRoot, containerId as string))
    }
    expect(containers[1]?.processes.map(({ comm }) => comm)).toEqual(
      expect.arrayContaining([') S 1 (', 'a\nb', 'pause']),
    )
    expect(findings).toEqual([])
    expect(gaps).toEqual([])
  })

  it('takes the pause of the cgroup for the sandbox, not the process that is only called so', () => {
    const [sandbox, evil] = node.graph(pod).containers
    expect(sandbox?.processes.map(({ argv }) => argv)).toEqual([['/pause']])
    expect(evil?.processes.find(({ comm }) => comm === 'pause')?.pid).not.toBe(sandbox?.pid)
  })

  it('makes the other pods no different', () => {
    const others = [...node.observations.values()].filter((one) => one.pod.name !== 'hostile-names')
    expect(others.length).toBe(12)
    for (const observation of others) {
      const differs = buildGraph(observation).findings.filter(({ severity }) => severity === 'warning')
      expect(differs).toEqual([])
    }
  })

  it('prints names so that none starts a line or an escape sequence', () => {
    const observation = node.observations.get(pod)
    if (!observation) throw new Error('No such pod.')
    for (const { pid, ns } of observation.processes) {
      const lines = lsnsText(lsnsTable(observation, pid)).split('\n')
      expect(lines.length).toBe(Object.keys(ns).filter((link) => !link.endsWith('_for_children')).length + 2)
      expect(lines.every((line) => /^[^\p{Cc}]*$/u.test(line))).toBe(true)
    }
  })
})
