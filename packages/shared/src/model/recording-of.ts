import type { NodeObservation } from './node-observation.ts'
import type { Observation } from './observation.ts'
import { type Frame, RECORDING_FORMAT, RECORDING_VERSION, type Recording } from './recording.ts'

/**
 * A recording of one pod at one moment.
 * @param writtenBy the version of Pausescope.
 */
export function recordingOf(observation: Observation, writtenBy: string): Recording {
  const { at, pod } = observation
  return ofOneFrame(`${pod.namespace}/${pod.name}`, writtenBy, { at, caption: null, observations: [observation] })
}

/** The same of a whole node. */
export function recordingOfNode(observation: NodeObservation, writtenBy: string): Recording {
  const { at, node } = observation
  return ofOneFrame(node.name, writtenBy, { at, caption: null, observations: [], nodes: [observation] })
}

function ofOneFrame(title: string, writtenBy: string, frame: Frame): Recording {
  return { format: RECORDING_FORMAT, version: RECORDING_VERSION, title, writtenBy, frames: [frame] }
}
