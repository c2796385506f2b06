import { homedir } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { english, type Told, ToldError, told } from '@pausescope/shared'
import type { Meter } from '../observe/meter.ts'
import { createRecordingSource } from '../observe/recording-source.ts'
import type { ObservationSource } from '../observe/source.ts'
import { SwitchingSource } from '../observe/switching-source.ts'
import { BUNDLED_RECORDINGS, createLibrary, type Library } from '../recordings/library.ts'
import { loadRecording } from '../recordings/load-recording.ts'
import { readVersion } from '../version.ts'
import { CliError } from './cli-error.ts'
import { isLoopback } from './hosts.ts'
import type { Given, ServeOptions } from './options.ts'

/** How long the page is held back until the cluster's pods are listed. */
const LISTING_MS = 1_000

export type Opened = {
  source: ObservationSource
  library: Library
  /** The source, where viewers may choose another context. */
  contexts: SwitchingSource | null
  /** True when all that can be seen came with Pausescope. */
  isPublic: boolean
}

export type Opening = {
  options: ServeOptions
  given: Given
  /** Ends waiting for a cluster. */
  stop: AbortSignal
  meter: Meter
  tell: (line: string) => void
}

/**
 * What the server shows: the recording that was asked for; else the cluster; else, unless a cluster was asked for by name,
 * the bundled recordings, with the reason. Where only this machine is let in, viewers may choose another context.
 * @throws what keeps the recording or the cluster that was asked for from being shown.
 */
export async function openSource(opening: Opening): Promise<Opened> {
  const { options } = opening
  if (options.recording !== undefined) {
    const recording = await loadRecording(options.recording)
    const why = told('source.recording', { file: options.recording })
    return {
      source: createRecordingSource({ recording, version: readVersion(), told: why }),
      library: createLibrary(BUNDLED_RECORDINGS, recording),
      contexts: null,
      isPublic: false,
    }
  }
  const library = createLibrary(BUNDLED_RECORDINGS)
  const first = await openCluster(opening, library)
  const names = async () => {
    const { listContexts } = await import('../kube/kubeconfig.ts')
    return listContexts({ kubeconfig: options.kubeconfig, env: process.env, home: homedir() })
  }
  const hasContexts = (await names().catch(() => [])).length > 0
  if (!hasContexts || !isLoopback(options.host)) {
    return { source: first, library, contexts: null, isPublic: first.describe().mode === 'recording' }
  }
  // A helper that was agreed to on the command line was meant for the cluster that was named there.
  const open = (context: string, signal: AbortSignal) =>
    openLive({ ...opening, options: { ...options, context, allowHelper: false }, stop: signal })
  const source = new SwitchingSource({ first, names, open })
  return { source, library, contexts: source, isPublic: false }
}

async function openCluster(opening: Opening, library: Library): Promise<ObservationSource> {
  const { given, stop } = opening
  try {
    return await openLive(opening)
  } catch (error) {
    if (stop.aborted || given('kubeconfig') || given('context') || !(error instanceof ToldError)) throw error
    return openBundled(library, told('source.no-cluster', { cause: error.told.message }))
  }
}

async function openLive({ options, stop, meter, tell }: Opening): Promise<ObservationSource> {
  // The Kubernetes client takes its time to load, and recordings do without.
  const { openLive: connect } = await import('./open-live.ts')
  const source = await connect({ ...options, meter }, stop, tell)
  // The page can wait for the list, but is calmer when it need not.
  await Promise.race([source.listed, wait(LISTING_MS, null, { ref: false })])
  return source
}

async function openBundled(library: Library, why: Told): Promise<ObservationSource> {
  const recording = await library.first()
  if (!recording)
    throw new CliError('failed', `${english(why)} And the bundled recordings are missing.`, 'Install it again.')
  return createRecordingSource({ recording, version: readVersion(), told: why })
}
