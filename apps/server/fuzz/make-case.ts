import type { NodeFacts, Pod } from '@pausescope/shared'
import { bodyOf, frame } from './body.ts'
import type { CorpusNode } from './corpus.ts'
import { generateNode } from './generate-node.ts'
import { mutateBody } from './mutate-body.ts'
import { mutatePods } from './mutate-pods.ts'
import { createRandom, type Random } from './random.ts'

/** What is given to the product at once: what a probe printed, the pods of its node, and the node. */
export type FuzzCase = {
  /** For a person: which node, and whether the frame was broken. */
  about: string
  /** The body of the output, one byte a character. */
  body: string
  /** Null: framed as the probe does it. Otherwise where the framed bytes are changed, and how. */
  damage: { at: number; kind: 'flip' | 'cut' | 'insert' } | null
  pods: Pod[]
  node: NodeFacts
}

/** Case `index` of a seed. The same corpus, seed and index give the same case. */
export function makeCase(corpus: readonly CorpusNode[], seed: number, index: number): FuzzCase {
  const random = createRandom(Math.imul(seed, 0x9e3779b1) + index)
  const from = random.once(3) ? generateNode(random) : random.pick(corpus)
  const body = bodyOf(mutateBody(from.parts, random))
  const pods = random.once(10) ? from.pods : random.some(from.pods, 5)
  const damage = random.once(8) ? { at: random.below(1_000_000), kind: random.pick(KINDS) } : null
  return { about: about(from, index, damage), body, damage, pods: mutatePods(pods, random), node: nodeOf(from, random) }
}

const KINDS = ['flip', 'cut', 'insert'] as const

function nodeOf({ node }: CorpusNode, random: Random): NodeFacts {
  return random.once(6) ? { ...node, runtime: random.pick(['containerd', 'cri-o', 'docker', null]) } : node
}

function about({ name }: CorpusNode, index: number, damage: FuzzCase['damage']): string {
  return `case ${index}, ${name}${damage ? `, frame damaged (${damage.kind})` : ''}`
}

/** The bytes that the parser gets. */
export function outputOf({ body, damage }: FuzzCase): Buffer {
  const output = frame(body)
  if (!damage) return output
  const at = damage.at % output.length
  switch (damage.kind) {
    case 'cut':
      return output.subarray(0, at)
    case 'insert':
      return Buffer.concat([output.subarray(0, at), Buffer.of(0x5a), output.subarray(at)])
    case 'flip': {
      const flipped = Buffer.from(output)
      flipped[at] = (flipped[at] as number) ^ 0x10
      return flipped
    }
  }
}
