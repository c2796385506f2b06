import {
  buildGraph,
  buildNodeGraph,
  buildNodeScene,
  buildScene,
  type ExportOptions,
  exportNodeSvg,
  exportSvg,
  GRAPH_WORDS,
  graphMarkdown,
  graphMermaid,
  type NodeObservation,
  type Observation,
  type Recording,
  recordingOf,
  recordingOfNode,
  redactObservation,
} from '@pausescope/shared'
import { allLsns, allNodeLsns } from './all-lsns.ts'

/** What a picture is made of. */
export type Exportable = { kind: 'pod'; observation: Observation } | { kind: 'node'; observation: NodeObservation }

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
    ? podExported(subject.observation, options, version)
    : nodeExported(subject.observation, options, version)
}

function podExported(observation: Observation, options: ExportOptions, version: string): Exported {
  const shown = options.redact ? redactObservation(observation) : observation
  const graph = buildGraph(shown, GRAPH_WORDS[options.language])
  const { namespace, name } = shown.pod
  return {
    name: `${namespace}/${name}`,
    file: `${namespace}-${name}`,
    size: buildScene(graph, options),
    svg: exportSvg(observation, options, version),
    bare: exportSvg(observation, { ...options, embed: false }, version),
    recording: recordingOf(shown, version),
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
