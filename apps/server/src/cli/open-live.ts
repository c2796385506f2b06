import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { connect } from '../kube/cluster.ts'
import { LiveSource } from '../observe/live-source.ts'
import type { Meter } from '../observe/meter.ts'
import { readVersion } from '../version.ts'
import { say } from './say.ts'

export type OpenLiveOptions = {
  kubeconfig?: string
  context?: string
  allowHelper?: boolean
  helperImage?: string
  helperNamespace?: string
  /** Seconds. */
  scanCache?: number
  meter?: Meter
}

/** After so long a person wants to know what it waits for. */
const PATIENCE_MS = 1_000

/**
 * Connects to the cluster of the kubeconfig; its pods are listed from now on.
 * @throws KubeError when there is none, or it does not answer.
 */
export async function openLive(
  options: OpenLiveOptions,
  signal: AbortSignal,
  tell: (line: string) => void = say,
): Promise<LiveSource> {
  const patience = setTimeout(() => tell('Waiting for the cluster to answer.'), PATIENCE_MS)
  try {
    const { kubeconfig, context, allowHelper, helperImage, helperNamespace, scanCache } = options
    const cluster = await connect({ kubeconfig, context, env: process.env, home: homedir(), signal })
    return new LiveSource({
      cluster,
      version: readVersion(),
      run: randomBytes(4).toString('hex'),
      allowHelper: allowHelper ?? false,
      helperImage,
      helperNamespace,
      ...(scanCache === undefined ? {} : { scanCacheMs: scanCache * 1000 }),
      now: Date.now,
      clock: () => performance.now(),
      random: Math.random,
      ...(options.meter ? { meter: options.meter } : {}),
    })
  } finally {
    clearTimeout(patience)
  }
}
