import type { Observation } from './observation.ts'
import { RECORDING_FORMAT, RECORDING_VERSION, type Recording } from './recording.ts'

/**
 * A recording of one pod at one moment.
 * @param writtenBy the version of Pausescope.
 */
export function recordingOf(observation: Observation, writtenBy: string): Recording {
  const { at, pod } = observation
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    title: `${pod.namespace}/${pod.name}`,
    writtenBy,
    frames: [{ at, caption: null, observations: [observation] }],
  }
}
