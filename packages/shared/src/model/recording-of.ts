import type { NodeObservation } from './node-observation.ts'
import type { Observation } from './observation.ts'
import { type Frame, RECORDING_FORMAT, RECORDING_VERSION, type Recording } from './recording.ts'

/**
 * A recording of one pod at one moment.
 * @param writtenBy the version of Pausescope.
 * @param before the moment before, where what is new since belongs to it.
 */
export function recordingOf(observation: Observation, writtenBy: string, before: Observation | null = null): Recording {
  const { pod } = observation
  const moments = before ? [before, observation] : [observation]
  const frames = moments.map((one) => ({ at: one.at, caption: null, observations: [one] }))
  return ofFrames(`${pod.namespace}/${pod.name}`, writtenBy, frames)
}

/** The same of a whole node. */
export function recordingOfNode(observation: NodeObservation, writtenBy: string): Recording {
  const { at, node } = observation
  return ofFrames(node.name, writtenBy, [{ at, caption: null, observations: [], nodes: [observation] }])
}

function ofFrames(title: string, writtenBy: string, frames: Frame[]): Recording {
  return { format: RECORDING_FORMAT, version: RECORDING_VERSION, title, writtenBy, frames }
}
