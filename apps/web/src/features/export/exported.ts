import {
  buildNodeGraph,
  buildNodeScene,
  type ExportOptions,
  exportNodeSvg,
  exportParts,
  GRAPH_WORDS,
  graphMarkdown,
  graphMermaid,
  type NodeObservation,
  type Observation,
  type PodEvidence,
  paintSvg,
  type Recording,
  recordingOfNode,
} from '@pausescope/shared'
import { allLsns, allNodeLsns } from './all-lsns.ts'

/** What a picture is made of. */
export type Exportable =
  | {
      kind: 'pod'
      observation: Observation
      /** The moment before, since which what is new is marked; null: none is known. */
      before: Observation | null
      /** What was looked at. */
      evidence: PodEvidence | null
    }
  | { kind: 'node'; observation: NodeObservation }

/** A picture to be given away, and what can be told instead of it. */
export type Exported = {
  /** Of the pod or node. */
  name: string
  /** Without ending. */
  file: string
  /** In pixels. */
  size: { width: number; height: number }
  svg: string
  /** The same without a recording in it. */
  bare: string
  recording: Recording
  /** By format. */
  texts: Readonly<Record<string, string>>
}

/** @param version of Pausescope. */
export function exported(subject: Exportable, options: ExportOptions, version: string): Exported {
  return subject.kind === 'pod'
    ? podExported(subject, options, version)
    : nodeExported(subject.observation, options, version)
}

function podExported(
  { observation, before, evidence }: Extract<Exportable, { kind: 'pod' }>,
  options: ExportOptions,
  version: string,
): Exported {
  const { graph, scene, recording } = exportParts(observation, options, version, before, evidence)
  const { namespace, name } = graph.observation.pod
  return {
    name: `${namespace}/${name}`,
    file: `${namespace}-${name}`,
    size: scene,
    svg: paintSvg(scene, options.embed ? recording : null),
    bare: paintSvg(scene, null),
    recording,
    texts: {
      Markdown: graphMarkdown(graph, options.language),
      lsns: allLsns(graph),
      Mermaid: graphMermaid(graph, options.language),
    },
  }
}

function nodeExported(observation: NodeObservation, options: ExportOptions, version: string): Exported {
  const { name } = observation.node
  return {
    name,
    file: name,
    size: buildNodeScene(buildNodeGraph(observation, GRAPH_WORDS[options.language]), options),
    svg: exportNodeSvg(observation, options, version),
    bare: exportNodeSvg(observation, { ...options, embed: false }, version),
    recording: recordingOfNode(observation, version),
    texts: { lsns: allNodeLsns(observation) },
  }
}
