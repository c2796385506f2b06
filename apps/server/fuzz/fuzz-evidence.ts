import {
  buildGraph,
  ipAddrText,
  ipRouteText,
  type Observation,
  type PodEvidence,
  podEvidenceSchema,
  podName,
  sharedFiles,
  ssText,
  whoAnswers,
} from '@pausescope/shared'
import { CAPTURES, type CaptureName } from '@pausescope/testkit'
import { readCapturedNode } from '../src/observe/test/captured-node.ts'
import { type EvidencePlan, evidenceArguments, planEvidence } from '../src/probe/evidence/evidence-plan.ts'
import { EVIDENCE_SCRIPT, MAGIC } from '../src/probe/evidence/evidence-script.ts'
import { parseEvidence } from '../src/probe/evidence/parse-evidence.ts'
import { ProbeError } from '../src/probe/probe-error.ts'
import { unwrapProbe } from '../src/probe/probe-frame.ts'
import { probeOutput } from '../src/probe/run-probe.ts'
import { type BodyPart, bodyOf, frame, unframe } from './body.ts'
import type { CaseResult } from './check-case.ts'
import { mutateBody } from './mutate-body.ts'
import { createRandom, type Random } from './random.ts'

/** What the evidence script printed of all pods of a captured node, in parts. */
type EvidenceOutput = {
  name: string
  parts: BodyPart[]
  pods: readonly { observation: Observation; plan: EvidencePlan }[]
}

export async function readEvidenceOutputs(names: readonly CaptureName[] = CAPTURES): Promise<EvidenceOutput[]> {
  const outputs: EvidenceOutput[] = []
  for (const name of names) {
    const { capture, observations } = await readCapturedNode(name)
    const pods = [...observations.values()].map((observation) => ({ observation, plan: planEvidence(observation) }))
    const args = evidenceArguments(...pods.map(({ plan }) => plan))
    outputs.push({ name, parts: unframe(await probeOutput(capture.procRoot, {}, EVIDENCE_SCRIPT, args)), pods })
  }
  return outputs
}

/**
 * Damages what one node's script printed and reads the evidence of one pod from it. The same outputs, seed and index give
 * the same case.
 * @returns as `checkCase`: refused as a whole, or read; and what went wrong, in words.
 */
export function checkEvidenceCase(outputs: readonly EvidenceOutput[], seed: number, index: number): CaseResult {
  const random = createRandom(Math.imul(seed, 0x9e3779b1) + index)
  const { name, parts, pods } = random.pick(outputs)
  const { observation, plan } = random.pick(pods)
  const about = `evidence case ${index}, ${name}, ${podName(observation.pod)}`
  try {
    const read = unwrapProbe(frame(bodyOf(mutateBody(withHolders(parts, random), random))))
    const evidence = parseEvidence(read, { observation, plan, at: observation.at })
    const faults = brokenEvidenceLaws(evidence, observation, plan)
    return { refused: false, faults: faults.map((fault) => `${about}: ${fault}`) }
  } catch (cause) {
    if (cause instanceof ProbeError) return { refused: true, faults: [] }
    return { refused: false, faults: [`${about}: ${cause instanceof Error ? cause.stack : cause}`] }
  }
}

/** Captured trees have no descriptors: some processes of the node get some, of sockets that are really in it. */
function withHolders(parts: readonly BodyPart[], random: Random): BodyPart[] {
  const inodes = (itemsOf(parts, 'net') ?? []).flatMap(
    (line) => /^\d+\/net\/(?:tcp|udp)6?:.*:.* (\d{2,}) \d+ [\da-f]{8,}/.exec(line)?.[1] ?? [],
  )
  const pids = (itemsOf(parts, 'stat') ?? []).flatMap((line) => /^(\d+)\//.exec(line)?.[1] ?? [])
  if (inodes.length === 0 || pids.length === 0) return [...parts]
  const made = Array.from({ length: 40 }, (_, fd) => ({
    at: `${random.pick(pids)}/fd/${fd}`,
    inode: random.pick(inodes),
  }))
  return parts.map((part) => {
    if (part.name === 'sockets') return { ...part, items: [...made.map(({ at, inode }) => `${at}:${inode}`), ''] }
    if (part.name === 'systems') return { ...part, items: [...made.map(({ at }) => `${at}:${MAGIC.sockfs}`), ''] }
    return part
  })
}

const itemsOf = (parts: readonly BodyPart[], name: string) => parts.find((part) => part.name === name)?.items

function brokenEvidenceLaws(evidence: PodEvidence, observation: Observation, { processes }: EvidencePlan): string[] {
  const faults: string[] = []
  const file = podEvidenceSchema.safeParse(JSON.parse(JSON.stringify(evidence)))
  if (!file.success) faults.push(`It does not survive its file: ${file.error.message}`)
  const own = new Set([1, ...processes.map(({ pid }) => pid)])
  const graph = buildGraph(observation)
  for (const network of evidence.networks) {
    const stranger = network.sockets.flatMap(({ holders }) => holders).find(({ pid }) => !own.has(pid))
    if (stranger) faults.push(`Process ${stranger.pid}, which nobody asked about, holds a socket.`)
    const text = ipAddrText(network) + ipRouteText(network) + ssText(network, graph)
    if (/[\u200b-\u200f\u2028-\u202e]/.test(text)) faults.push('Its text holds invisible characters.')
  }
  for (const { key } of graph.containers) whoAnswers(evidence, graph, { container: key, port: 80 })
  sharedFiles(evidence, graph)
  return faults
}
