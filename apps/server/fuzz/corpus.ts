import { type NodeFacts, nodesFromDocument, type Pod, podsFromDocument } from '@pausescope/shared'
import { CAPTURES, type CaptureName, loadCapture } from '@pausescope/testkit'
import { probeOutput, type RunProbeOptions } from '../src/probe/run-probe.ts'
import { findToolSets } from '../src/probe/test/tools.ts'
import { type BodyPart, unframe } from './body.ts'

/** A node as the real probe read it, in parts, with what the API server said of it. */
export type CorpusNode = { name: string; parts: BodyPart[]; pods: Pod[]; node: NodeFacts }

/** Every captured node, and one as a busybox without `grep -z` reads it, whose output has another form. */
export async function readCorpus(): Promise<CorpusNode[]> {
  const nodes: CorpusNode[] = []
  for (const name of CAPTURES) nodes.push(await readNode(name, {}))
  const toolSets = findToolSets()
  const plain = toolSets.find(({ name }) => name === 'a grep without -z')
  if (plain) nodes.push(await readNode('node3-hostile', plain.options))
  for (const { remove } of toolSets) remove()
  return nodes
}

async function readNode(name: CaptureName, options: RunProbeOptions): Promise<CorpusNode> {
  const { procRoot, podsJson, nodeJson } = loadCapture(name)
  const [node] = nodesFromDocument(JSON.parse(nodeJson))
  if (!node) throw new Error(`The capture ${name} has no node.`)
  const parts = unframe(await probeOutput(procRoot, options))
  return { name, parts, pods: podsFromDocument(JSON.parse(podsJson)), node }
}
