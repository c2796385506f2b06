import type { Frame } from '@pausescope/shared'
import { CliError } from './cli-error.ts'

/**
 * A frame of a recording.
 * @param frame which, from 1.
 * @throws CliError when there is none; errors of `loadRecording`.
 */
export async function recordingFrame(path: string, frame: number): Promise<Frame> {
  const { loadRecording } = await import('../recordings/load-recording.ts')
  const { frames } = await loadRecording(path)
  const chosen = frames[frame - 1]
  if (chosen) return chosen
  const count = frames.length === 1 ? 'one frame' : `${frames.length} frames`
  throw new CliError(
    'failed',
    `The recording ${path} has ${count}; there is no frame ${frame}.`,
    'Give a smaller --frame.',
  )
}
