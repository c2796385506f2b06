import {
  english,
  evidenceOfFrame,
  nodeOfFrame,
  nodesOfFrame,
  type Observation,
  type PodSummary,
  type Recording,
  type Source,
  summarizePod,
  type Told,
  told,
} from '@pausescope/shared'
import type { ObservationSource } from './source.ts'
import { SourceError } from './source-error.ts'

export type RecordingSourceOptions = {
  /** Its first frame is what the source shows. */
  recording: Recording
  version: string
  /** Why there is no cluster: one sentence. */
  told: Told
}

/** A source without a cluster: the pods of a recording as they were then. */
export function createRecordingSource({ recording, version, told: why }: RecordingSourceOptions): ObservationSource {
  const frame = recording.frames[0] ?? { at: '', caption: null, observations: [] }
  const { observations } = frame
  const nodes = nodesOfFrame(frame)
  const pods = observations.map(({ pod }) => summarizePod(pod)).sort(byName)
  const description: Source = {
    version,
    mode: 'recording',
    message: english(why),
    told: why,
    context: null,
    clusterVersion: observations[0]?.cluster.version ?? null,
    watch: 'off',
    watchDetail: null,
    toldWatchDetail: null,
    forbiddenNamespaces: [],
    helperAllowed: false,
    scanCacheMs: 0,
  }
  return {
    describe: () => description,
    pods: () => pods,
    async observation(namespace, name) {
      return { observation: find(observations, namespace, name), problem: null }
    },
    async evidence(namespace, name) {
      find(observations, namespace, name)
      return evidenceOfFrame(frame, namespace, name)
    },
    nodes: () => nodes,
    async node(name) {
      const reply = nodeOfFrame(frame, name)
      if (reply) return reply
      throw new SourceError('node-not-found', told('recording.no-node', { node: name }), told('next.from-list'))
    },
    async live() {
      throw new SourceError('not-live', told('recording.not-live'), told('recording.not-live-next'))
    },
    helper: async (node) => refuseHelper(node),
    agreeToHelper: async (node) => refuseHelper(node),
    counts: () => ({
      sessions: 0,
      helpers: { creating: 0, ready: 0, failed: 0 },
      pods: pods.length,
      nodes: nodes.length,
    }),
    async close() {},
  }
}

function find(observations: readonly Observation[], namespace: string, name: string): Observation {
  const found = observations.find(({ pod }) => pod.namespace === namespace && pod.name === name)
  if (found) return found
  throw new SourceError(
    'pod-not-found',
    told('recording.no-pod', { pod: `${namespace}/${name}` }),
    told('next.from-list'),
  )
}

function refuseHelper(node: string): never {
  throw new SourceError('not-live', told('recording.no-helper', { node }), told('recording.no-helper-next'))
}

function byName(a: PodSummary, b: PodSummary): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
