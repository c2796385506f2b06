import {
  buildGraph,
  buildScene,
  type GraphContainer,
  graphMarkdown,
  graphMermaid,
  lsnsTable,
  lsnsText,
  type Observation,
  type PodEvidence,
  type PodGraph,
  paintSvg,
  type Recording,
  recordingOf,
  recordingSchema,
  redactObservation,
  redactRecording,
  sharedFiles,
  whoAnswers,
} from '@pausescope/shared'
import { expect, test } from 'vitest'
import { BUNDLED_RECORDINGS, createLibrary } from './library.ts'

const library = createLibrary(BUNDLED_RECORDINGS)
const recordings = await Promise.all(
  (await library.list()).recordings.map(async ({ id }) => (await library.find(id)) as Recording),
)
const observations = recordings.flatMap(({ frames }) => frames.flatMap((frame) => frame.observations))

/** What nobody outside should read, as the observation has it. */
function secretsOf({ node, pod, processes, sandboxes, namespaces }: Observation): string[] {
  const commands = namespaces.flatMap(({ lowest, outside }) => [
    ...(lowest ? [lowest.command] : []),
    ...outside.examples.map(({ command }) => command),
  ])
  const args = [...processes.map(({ argv }) => argv), ...commands.map((command) => command.split(' '))]
  return [
    node.name,
    node.hostname,
    node.bootId,
    pod.uid,
    pod.uid.replaceAll('-', '_'),
    pod.configHash,
    ...pod.podIPs,
    ...pod.containers.flatMap(({ id, previousId }) => [id, previousId ?? null]),
    ...sandboxes.flatMap(({ id }) => [id, id.slice(0, 12)]),
    ...processes.map(({ containerId }) => containerId),
    ...namespaces.flatMap(({ pins, outside }) => [
      ...pins.map(({ path }) => path.split('/').at(-1) ?? null),
      ...outside.pods.map((name) => name.split('/').at(-1) ?? null),
    ]),
    // Words that are also names of programs, types or containers tell nothing.
    ...args.flatMap((words) => words.slice(1)).filter((word) => word.length > 8 && /[^a-z]/.test(word)),
  ].filter((text): text is string => text !== null && text.length > 4 && !isShown(text, pod))
}

/** Names of the pod and its containers are what the picture is about. */
function isShown(text: string, pod: Observation['pod']): boolean {
  return [pod.name, pod.namespace, ...pod.containers.flatMap(({ name, image }) => [name, image])].some((name) =>
    name.includes(text),
  )
}

function exportsOf(observation: Observation): string[] {
  const graph = buildGraph(observation)
  return [
    JSON.stringify(observation),
    ...(['columns', 'nested'] as const).map((drawing) =>
      paintSvg(buildScene(graph, { drawing }), recordingOf(observation, '1')),
    ),
    graphMarkdown(graph),
    graphMermaid(graph),
    ...graph.containers.map(({ pid }) => (pid === null ? '' : lsnsText(lsnsTable(observation, pid)))),
  ]
}

/** The graph without the texts that may differ. */
function shapeOf({ isolation, containers, namespaces, findings, gaps }: PodGraph) {
  const place = (key: string) => containers.findIndex((container) => container.key === key)
  return {
    runtime: isolation?.runtime,
    containers: containers.map(({ kind, state, pid, memberships, unreadable, restarts }: GraphContainer) => ({
      kind,
      state: state.kind,
      pid,
      restarts,
      unreadable,
      memberships: memberships.map(({ namespace, agrees, why }) => [namespace, agrees, why]),
    })),
    namespaces: namespaces.map(({ key, scope, holder, members, nested, facts }) => ({
      key,
      scope,
      holder: holder?.kind,
      members: members.map(place),
      nested,
      facts: facts.length,
    })),
    findings: findings.map(({ code, severity, about }) => [code, severity, about.length]),
    gaps: gaps.map(({ code, count }) => [code, count]),
  }
}

test.each(
  observations.map((observation) => [`${observation.node.name} ${observation.pod.name}`, observation] as const),
)('%s: nothing hidden is in any export, and the graph is the same', (_, observation) => {
  const redacted = redactObservation(observation)
  expect(shapeOf(buildGraph(redacted))).toEqual(shapeOf(buildGraph(observation)))
  const written = exportsOf(redacted)
  const found = secretsOf(observation).filter((secret) => written.some((text) => text.includes(secret)))
  expect([...new Set(found)]).toEqual([])
})

test('a redacted recording can be read, holds no whole node, and is the same when redacted again', () => {
  for (const recording of recordings) {
    const redacted = redactRecording(recording)
    expect(recordingSchema.parse(redacted)).toEqual(redacted)
    expect(redacted.frames.every(({ nodes }) => nodes === undefined)).toBe(true)
    expect(redactRecording(recording)).toEqual(redacted)
  }
})

/** Of a recording's evidence, what nobody outside should read. */
function evidenceSecrets({ networks, mounts, hostnames }: PodEvidence): string[] {
  const isEverybodys = (address: string) => /^(?:127\.|0\.0\.0\.0$|::1?$)/.test(address)
  const addresses = networks.flatMap(({ interfaces, otherAddresses = [], routes, sockets }) => [
    ...[...interfaces.flatMap((one) => one.addresses), ...otherAddresses].map(({ address }) => address),
    ...routes.flatMap(({ gateway, destination }) => [gateway ?? '', destination.split('/')[0] ?? '']),
    ...sockets.flatMap(({ local, remote }) => [local.address, remote.address]),
  ])
  return [
    ...addresses.filter((address) => !isEverybodys(address) && address !== 'default' && address !== 'fe80::'),
    ...networks.flatMap(({ interfaces }) => interfaces.map(({ name, mac }) => [name, mac ?? ''])).flat(),
    ...hostnames.map(({ hostname }) => hostname ?? ''),
    ...mounts.flatMap((one) => one.mounts.flatMap(({ root }) => root.match(/[0-9a-f-]{32,64}/g) ?? [])),
  ].filter((text) => text.length > 4)
}

test('nothing hidden is in the evidence, and it shows the same', () => {
  let searched = 0
  for (const recording of recordings) {
    const redacted = redactRecording(recording)
    for (const [at, { evidence = [], observations: seen }] of recording.frames.entries()) {
      const frame = redacted.frames[at]
      expect(frame?.evidence).toHaveLength(evidence.length)
      for (const [index, one] of evidence.entries()) {
        const after = frame?.evidence?.[index] as PodEvidence
        const text = JSON.stringify([after, frame?.observations])
        const secrets = evidenceSecrets(one).filter((secret) => !secret.startsWith(one.pod.name))
        searched += secrets.length
        expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
        const [before, later] = [seen, frame?.observations ?? []].map((list) =>
          list.find(({ pod }) => pod.name === one.pod.name),
        )
        if (!before || !later) continue
        expect(sharesOf(after, later)).toEqual(sharesOf(one, before))
      }
    }
  }
  expect(searched).toBeGreaterThan(500)
})

/** Who answers port 80 in each container, and which files are the same in which. */
function sharesOf(evidence: PodEvidence, observation: Observation) {
  const graph = buildGraph(observation)
  const place = (key: string) => graph.containers.findIndex((one) => one.key === key)
  return {
    answers: graph.containers.map(({ key }) => whoAnswers(evidence, graph, { container: key, port: 80 }).reason),
    files: sharedFiles(evidence, graph).map(({ kind, name, together }) => [
      kind,
      name,
      together.map((keys) => keys.map(place)),
    ]),
  }
}

test('the same thing has the same placeholder in all observations', () => {
  const [first] = recordings
  const before = (first as Recording).frames[0]?.observations ?? []
  const after = redactRecording(first as Recording).frames[0]?.observations ?? []
  const pairs = before.map(({ node }, at) => [node.name, after[at]?.node.name])
  expect(new Set(pairs.map(String)).size).toBe(new Set(before.map(({ node }) => node.name)).size)
})
