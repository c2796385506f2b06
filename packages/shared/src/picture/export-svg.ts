import { z } from 'zod/mini'
import { freshKeys } from '../changes/change.ts'
import { describeChanges } from '../changes/describe-changes.ts'
import { buildGraph } from '../graph/graph.ts'
import { GRAPH_WORDS } from '../graph/graph-languages.ts'
import type { PodGraph } from '../graph/graph-types.ts'
import { buildNodeGraph } from '../graph/node-graph.ts'
import { LANGUAGES } from '../model/language.ts'
import type { NodeObservation } from '../model/node-observation.ts'
import type { Observation } from '../model/observation.ts'
import type { PodEvidence } from '../model/pod-evidence.ts'
import type { Recording } from '../model/recording.ts'
import { recordingOf, recordingOfNode } from '../model/recording-of.ts'
import { redactRecording, redactWithEvidence } from '../redact/redact-recording.ts'
import { buildScene } from './build-scene.ts'
import { buildNodeScene } from './node-scene.ts'
import { paintSvg } from './paint-svg.ts'
import { pictureOptionsSchema } from './picture-options.ts'
import type { Scene } from './scene.ts'
import { NODE_WORDS } from './words/node-words.ts'
import { PICTURE_WORDS } from './words/picture-words.ts'

/** A picture to be given away: how it is drawn, and what goes with it. */
export const exportOptionsSchema = z.extend(pictureOptionsSchema, {
  /** Of all sentences; names and kernel terms stay. */
  language: z._default(z.enum(LANGUAGES), 'en'),
  /** Placeholders for what is nobody's business: see `redactObservation`. */
  redact: z._default(z.boolean(), false),
  /** The recording goes with the picture, with arguments and all: off, unless it is asked for. */
  embed: z._default(z.boolean(), false),
})
export type ExportOptions = z.infer<typeof exportOptionsSchema>

/** The picture people get when they choose nothing. */
export const EXPORT_DEFAULTS: ExportOptions = exportOptionsSchema.parse({})

/** The same of a whole node, which is never redacted: it is a list of other people's pods. */
export const nodeExportOptionsSchema = z.omit(exportOptionsSchema, { drawing: true, files: true, redact: true })
export type NodeExportOptions = z.infer<typeof nodeExportOptionsSchema>

/**
 * The SVG of a pod, the same bytes for the same observations and options wherever it is made: page, server and command line
 * all call this.
 * @param writtenBy the version of Pausescope, for the recording that goes with it.
 * @param before the moment before: what is new since is marked.
 */
export function exportSvg(
  observation: Observation,
  options: Partial<ExportOptions>,
  writtenBy: string,
  before: Observation | null = null,
): string {
  const { scene, recording } = exportParts(observation, options, writtenBy, before)
  return paintSvg(scene, options.embed ? recording : null)
}

/**
 * What such a picture is made of: what may be shown, how it is drawn, and the recording that can go with it.
 * @param evidence of the pod, where somebody looked at it: it goes into the recording.
 */
export function exportParts(
  observation: Observation,
  options: Partial<ExportOptions>,
  writtenBy: string,
  before: Observation | null = null,
  evidence: PodEvidence | null = null,
): { graph: PodGraph; scene: Scene; recording: Recording } {
  const [shown, earlier, seen] = options.redact
    ? redactMoments(observation, before, evidence)
    : [observation, before, evidence]
  const language = options.language ?? EXPORT_DEFAULTS.language
  const words = GRAPH_WORDS[language]
  const graph = buildGraph(shown, words)
  const fresh = earlier ? freshKeys(describeChanges(buildGraph(earlier, words), graph)) : undefined
  const scene = buildScene(graph, options, PICTURE_WORDS[language], fresh)
  return { graph, scene, recording: recordingOf(shown, writtenBy, earlier, seen) }
}

/** The same placeholders in both moments: what stayed must look as if it stayed. */
function redactMoments(
  observation: Observation,
  before: Observation | null,
  evidence: PodEvidence | null,
): [Observation, Observation | null, PodEvidence | null] {
  if (!before) {
    const [shown, seen] = redactWithEvidence(observation, evidence)
    return [shown, null, seen]
  }
  const { frames } = redactRecording(recordingOf(observation, '', before, evidence))
  const [earlier, shown] = frames.flatMap(({ observations }) => observations) as [Observation, Observation]
  return [shown, earlier, frames[1]?.evidence?.[0] ?? null]
}

/** The SVG of a whole node; as `exportSvg`. */
export function exportNodeSvg(
  observation: NodeObservation,
  options: Partial<NodeExportOptions>,
  writtenBy: string,
): string {
  const language = options.language ?? EXPORT_DEFAULTS.language
  const scene = buildNodeScene(buildNodeGraph(observation, GRAPH_WORDS[language]), options, NODE_WORDS[language])
  return paintSvg(scene, options.embed ? recordingOfNode(observation, writtenBy) : null)
}
