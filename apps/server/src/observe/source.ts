import type {
  EvidenceReply,
  HelperReply,
  LiveQuery,
  NodeObservationReply,
  NodeSummary,
  ObservationReply,
  PodSummary,
  Source,
} from '@pausescope/shared'
import type { LiveEvent } from './live/live-feed.ts'
import type { SourceCounts } from './meter.ts'

/** Where observations come from: a live cluster or recordings. The HTTP layer and the command line know no more. */
export interface ObservationSource {
  describe(): Source
  /** All pods the source may show, sorted by namespace, then name. */
  pods(): readonly PodSummary[]
  /**
   * One pod as last scanned; `refresh` asks for a scan that begins after the call. What keeps it from being scanned is the
   * reply's `problem`, not an error.
   * @throws SourceError `pod-not-found`, `forbidden`; the signal's reason when it aborts.
   */
  observation(
    namespace: string,
    name: string,
    options: { refresh: boolean; signal: AbortSignal },
  ): Promise<ObservationReply>
  /**
   * What is inside the namespaces of one pod, as last read; `refresh` asks for a new scan, and for what is inside after it.
   * Whatever keeps it from being read is the reply's `problem`.
   * @throws as `observation`.
   */
  evidence(namespace: string, name: string, options: { refresh: boolean; signal: AbortSignal }): Promise<EvidenceReply>
  /** All nodes, by name; those that only pods speak of too. */
  nodes(): readonly NodeSummary[]
  /**
   * A whole node as last scanned; else as `observation`.
   * @throws SourceError `node-not-found`; the signal's reason when it aborts.
   */
  node(name: string, options: { refresh: boolean; signal: AbortSignal }): Promise<NodeObservationReply>
  /**
   * What becomes of the list of pods and of one pod or node, as events (LIVE_EVENTS): the newest state whenever one is asked
   * for, until the signal fires or the source closes. While anyone follows, the node is scanned again and again.
   * @param lastEventId the id of the last observation the client has, of an earlier call
   * @throws SourceError `pod-not-found`, `node-not-found`, `forbidden`, `not-live`; the signal's reason.
   */
  live(query: LiveQuery, lastEventId: string | null, signal: AbortSignal): Promise<AsyncIterable<LiveEvent>>
  /** @throws SourceError `node-not-found`, or `not-live` when the source is not a cluster. */
  helper(node: string): Promise<HelperReply>
  /**
   * The user agrees to a helper on this node: it is made, and the reply comes when it is ready or has failed.
   * @throws as `helper`.
   */
  agreeToHelper(node: string, signal: AbortSignal): Promise<HelperReply>
  /** What it holds now, for numbers over time. */
  counts(): SourceCounts
  /** Ends watches, scans and helpers, in bounded time. Never rejects. */
  close(): Promise<void>
}
