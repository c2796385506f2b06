import type { EvidenceReply, Observation, PodEvidence } from '@pausescope/shared'
import { ScanCache } from './scan-cache.ts'
import { problemOf } from './scan-problem.ts'
import type { ObservationSource } from './source.ts'

type EvidenceCacheOptions = {
  observe: ObservationSource['observation']
  /** Reads the evidence of a pod that was just observed; must end when the signal fires. */
  read: (observation: Observation, signal: AbortSignal) => Promise<PodEvidence>
  /** How long evidence is served again, in milliseconds. */
  maxAgeMs: number
  /** The time in milliseconds. */
  now: () => number
}

/** The evidence of pods: one reading of a pod at a time serves all who ask, as with scans. */
export class EvidenceCache {
  readonly #observe: EvidenceCacheOptions['observe']
  /** By `namespace/name`; null when by now the pod has no process of which anything could be read. */
  readonly #readings: ScanCache<PodEvidence | null>

  constructor({ observe, read, maxAgeMs, now }: EvidenceCacheOptions) {
    this.#observe = observe
    const scan = async (pod: string, signal: AbortSignal) => {
      const [namespace = '', name = ''] = pod.split('/')
      const { observation } = await observe(namespace, name, { refresh: false, signal })
      return observation.scanned ? read(observation, signal) : null
    }
    this.#readings = new ScanCache({ scan, maxAgeMs, now })
  }

  /** The observation comes first: evidence is read of the processes that it names. */
  async get(
    namespace: string,
    name: string,
    options: { refresh: boolean; signal: AbortSignal },
  ): Promise<EvidenceReply> {
    const { observation, problem } = await this.#observe(namespace, name, options)
    if (problem) return { evidence: null, problem }
    try {
      const evidence = await this.#readings.get(`${namespace}/${name}`, options)
      if (evidence?.pod.uid === observation.pod.uid) return { evidence, problem: null }
      const next = 'Look at the pod again.'
      return { evidence: null, problem: { code: 'scan-failed', message: 'The pod changed while it was read.', next } }
    } catch (cause) {
      options.signal.throwIfAborted()
      return { evidence: null, problem: problemOf(cause, observation.node.name) }
    }
  }

  /** Ends all readings. */
  close(): void {
    this.#readings.close()
  }
}
