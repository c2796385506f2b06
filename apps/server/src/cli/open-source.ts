import { setTimeout as wait } from 'node:timers/promises'
import { createRecordingSource } from '../observe/recording-source.ts'
import type { ObservationSource } from '../observe/source.ts'
import { BUNDLED_RECORDINGS, createLibrary, type Library } from '../recordings/library.ts'
import { loadRecording } from '../recordings/load-recording.ts'
import { readVersion } from '../version.ts'
import { CliError } from './cli-error.ts'
import type { Given, ServeOptions } from './options.ts'

/** How long the page is held back until the cluster's pods are listed. */
const LISTING_MS = 1_000

type Opened = { source: ObservationSource; library: Library }

/**
 * What the server shows: the recording that was asked for; else the cluster; else, unless a cluster was asked for by name,
 * the bundled recordings, with the reason.
 * @throws what keeps the recording or the cluster that was asked for from being shown.
 */
export async function openSource(options: ServeOptions, given: Given, signal: AbortSignal): Promise<Opened> {
  if (options.recording !== undefined) {
    const recording = await loadRecording(options.recording)
    const message = `Showing the recording ${options.recording}; no cluster is asked.`
    return {
      source: createRecordingSource({ recording, version: readVersion(), message }),
      library: createLibrary(BUNDLED_RECORDINGS, recording),
    }
  }
  try {
    // The Kubernetes client takes its time to load, and recordings do without.
    const { openLive } = await import('./open-live.ts')
    const source = await openLive(options, signal)
    // The page can wait for the list, but is calmer when it need not.
    await Promise.race([source.listed, wait(LISTING_MS, null, { ref: false })])
    return { source, library: createLibrary(BUNDLED_RECORDINGS) }
  } catch (error) {
    const { message, next } = error as { message: string; next?: string | null }
    if (signal.aborted || given('kubeconfig') || given('context') || next === undefined) throw error
    return openBundled(`Showing recordings, for there is no cluster: ${message}`)
  }
}

async function openBundled(message: string): Promise<Opened> {
  const library = createLibrary(BUNDLED_RECORDINGS)
  const recording = await library.first()
  if (!recording)
    throw new CliError('failed', `${message} And the bundled recordings are missing.`, 'Install it again.')
  return { source: createRecordingSource({ recording, version: readVersion(), message }), library }
}
