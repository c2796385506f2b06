import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildGraph, type Observation, parseRecording, podName, type Recording } from '@pausescope/shared'
import { beforeAll, describe, expect, test } from 'vitest'
import { BUNDLED_RECORDINGS } from './library.ts'
import { makeRecordings } from './make-recordings.ts'

let made: Map<string, string>
const recordings: Recording[] = []

beforeAll(async () => {
  made = await makeRecordings()
  for (const text of made.values()) recordings.push(parseRecording(text))
})

function find(recording: Recording | undefined, frame: number, name: string): Observation {
  const found = recording?.frames[frame]?.observations.find(({ pod }) => pod.name === name)
  if (!found) throw new Error(`no pod ${name}`)
  return found
}

/** Kernel spelling of each namespace of a container's first process, by type. */
function namespacesOf(observation: Observation, container: string): Record<string, string> {
  const graph = buildGraph(observation)
  const found = graph.containers.find(({ name }) => name === container)
  return Object.fromEntries(found?.memberships.map(({ type, namespace }) => [type, namespace]) ?? [])
}

describe('the bundled recordings', () => {
  test('are what the probe and the observer make of the captures now (else: node --run make:recordings)', () => {
    expect(readdirSync(BUNDLED_RECORDINGS).sort()).toEqual([...made.keys()])
    for (const [file, text] of made) {
      expect(readFileSync(join(BUNDLED_RECORDINGS, file), 'utf8') === text, file).toBe(true)
    }
  })

  test('are small, and a change of one pod changes one line', () => {
    for (const text of made.values()) {
      expect(Buffer.byteLength(text)).toBeLessThan(1.2 * 1024 * 1024)
      const { frames } = parseRecording(text)
      const count = frames.reduce(
        (sum, { observations, evidence = [] }) => sum + observations.length + evidence.length,
        0,
      )
      expect(text.split('\n').filter((line) => line.startsWith('{"at"') && line.includes('"pod":')).length).toBe(count)
    }
  })

  test('hold the whole node of each frame, the pod of the capturing too: it is on the node', () => {
    const nodes = recordings.map(({ frames }) => frames.map((frame) => frame.nodes?.map(({ node }) => node.name)))
    expect(nodes).toEqual([[['node3'], ['node3']], [['node4']], [['node1']], [undefined]])
    for (const { frames } of recordings.slice(0, 3)) {
      for (const { nodes = [], observations, at } of frames) {
        const names = nodes[0]?.pods.map(podName) ?? []
        expect(nodes[0]).toMatchObject({ at, scanned: true })
        expect(names).toEqual(expect.arrayContaining(observations.map(({ pod }) => podName(pod))))
        expect(names.some((name) => name.startsWith('grab/'))).toBe(true)
      }
    }
  })

  test('say when and of what they were captured', () => {
    const facts = recordings.map(({ frames }) => {
      const { at, observations } = frames[0] as Recording['frames'][0]
      const { cluster, node } = observations[0] as Observation
      return [at, cluster.version, node.runtime, node.runtimeVersion, node.cgroupVersion]
    })
    expect(facts).toEqual([
      ['2026-11-23T11:07:07Z', 'v1.36.2', 'containerd', '2.1.9+unknown', 'v2'],
      ['2026-11-23T11:16:16Z', 'v1.36.2', 'cri-o', '1.37.0', 'v2'],
      ['2026-11-23T11:06:56Z', 'v1.36.2', 'containerd', '2.1.9+unknown', 'v1'],
      ['2026-11-23T11:09:57Z', 'v1.36.2', 'containerd', '2.1.9+unknown', 'v2'],
    ])
  })

  test('begin with myweb2 and hold no pod of the capturing', () => {
    for (const recording of recordings.slice(0, 3)) {
      for (const { observations } of recording.frames) {
        expect(observations[0]?.pod.name).toBe('myweb2')
        expect(observations.map(({ pod }) => pod.namespace)).not.toContain('grab')
      }
    }
  })

  test('the second frame of the class is after the restart of one container, as its caption says', () => {
    const [before, after] = [0, 1].map((frame) => find(recordings[0], frame, 'myweb2')) as [Observation, Observation]
    const [old, young] = [namespacesOf(before, 'myweb2-nginx'), namespacesOf(after, 'myweb2-nginx')]
    const renewed = Object.keys(old).filter((type) => old[type] !== young[type])
    expect(renewed).toEqual(['cgroup', 'mnt', 'pid'])
    expect(namespacesOf(after, 'myweb2-netshoot')).toEqual(namespacesOf(before, 'myweb2-netshoot'))
    expect(after.pod.containers.find(({ name }) => name === 'myweb2-nginx')?.restartCount).toBe(1)
    expect(recordings[0]?.frames[1]?.caption).toContain('myweb2-nginx')
  })

  test('on CRI-O myweb2 has no sandbox process, as its caption says', () => {
    expect(find(recordings[1], 0, 'myweb2').sandboxes).toEqual([])
    expect(find(recordings[1], 0, 'shared-pid').sandboxes).toHaveLength(1)
  })

  test('with cgroup v1 no container of myweb2 has a cgroup namespace of its own, as its caption says', () => {
    const observation = find(recordings[2], 0, 'myweb2')
    const node = `cgroup:[${observation.baseline.cgroup?.inode}]`
    for (const { name } of observation.pod.containers.filter(({ state }) => state.kind === 'running')) {
      expect(namespacesOf(observation, name).cgroup).toBe(node)
    }
  })

  test('the hostile names are in the recording as they are', () => {
    const names = find(recordings[3], 0, 'hostile-names').processes.flatMap(({ comm, argv }) => [comm, ...argv])
    expect(names.some((name) => name.includes('\n'))).toBe(true)
    expect(names.some((name) => name.includes('\u001b'))).toBe(true)
  })
})
