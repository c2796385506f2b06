import type { NodeObservation } from './node-observation.ts'
import type { Observation } from './observation.ts'
import type { PodEvidence } from './pod-evidence.ts'
import { type Frame, RECORDING_FORMAT, RECORDING_VERSION, type Recording } from './recording.ts'

/**
 * A recording of one pod at one moment.
 * @param writtenBy the version of Pausescope.
 * @param before the moment before, where what is new since belongs to it.
 * @param evidence of the pod at this moment, where there is some.
 */
export function recordingOf(
  observation: Observation,
  writtenBy: string,
  before: Observation | null = null,
  evidence: PodEvidence | null = null,
): Recording {
  const { pod } = observation
  const frame = (one: Observation): Frame => ({ at: one.at, caption: null, observations: [one] })
  const now = { ...frame(observation), ...(evidence ? { evidence: [evidence] } : {}) }
  return ofFrames(`${pod.namespace}/${pod.name}`, writtenBy, before ? [frame(before), now] : [now])
}

/** The same of a whole node. */
export function recordingOfNode(observation: NodeObservation, writtenBy: string): Recording {
  const { at, node } = observation
  return ofFrames(node.name, writtenBy, [{ at, caption: null, observations: [], nodes: [observation] }])
}

function ofFrames(title: string, writtenBy: string, frames: Frame[]): Recording {
  return { format: RECORDING_FORMAT, version: RECORDING_VERSION, title, writtenBy, frames }
}
