import { z } from 'zod/mini'
import { nodeObservationSchema } from './node-observation.ts'
import { observationSchema } from './observation.ts'
import { podSummarySchema } from './pod.ts'
import { podEvidenceSchema } from './pod-evidence.ts'
import { recordingSchema } from './recording.ts'
import { toldProblemSchema, toldSchema } from './told.ts'

/** The HTTP API between server and page. Every path is below `/api`. */
export const API = {
  source: '/api/source',
  /** The query as `listQuery` writes it. */
  pods: '/api/pods',
  /** `GET /api/pods/:namespace/:name/observation`; `?refresh=1` asks for a new scan. */
  observation: (namespace: string, name: string) =>
    `/api/pods/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}/observation`,
  /** `GET /api/pods/:namespace/:name/evidence`; `?refresh=1` asks for a new scan and new evidence. */
  evidence: (namespace: string, name: string) =>
    `/api/pods/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}/evidence`,
  /**
   * `GET /api/pods/:namespace/:name/graph.svg`, the picture of it, as `exportSvg` makes it; the query as `pictureQuery` writes it,
   * besides `?refresh=1` as above.
   */
  graphSvg: (namespace: string, name: string) =>
    `/api/pods/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}/graph.svg`,
  /** As for pods, where nothing is closed. */
  nodes: '/api/nodes',
  /** `GET /api/nodes/:node/observation`, the whole node; `?refresh=1` as above. */
  nodeObservation: (node: string) => `/api/nodes/${encodeURIComponent(node)}/observation`,
  /** `GET /api/nodes/:node/graph.svg`, the picture of it, as `exportNodeSvg` makes it; the query as for a pod. */
  nodeGraphSvg: (node: string) => `/api/nodes/${encodeURIComponent(node)}/graph.svg`,
  /**
   * `GET /api/nodes/:node/helper` shows the manifest and state, `POST` agrees and makes it; with `?context=NAME` only if that is
   * the cluster which is shown.
   */
  helper: (node: string) => `/api/nodes/${encodeURIComponent(node)}/helper`,
  /**
   * `GET /api/live`, server-sent events: what the page shows, as it changes; the query as `liveQuery` writes it, the events
   * as in LIVE_EVENTS. Refused as every call is (`apiErrorSchema`), with 409 `not-live` where there is no cluster.
   */
  live: '/api/live',
  /** `GET` lists the contexts of the kubeconfig; `POST` of one of them makes the server show its cluster, to all viewers. */
  contexts: '/api/contexts',
  context: (name: string) => `/api/contexts/${encodeURIComponent(name)}`,
  /** The OpenAPI document of all this. */
  openapi: '/api/openapi.json',
  recordings: '/api/recordings',
  recording: (id: string) => `/api/recordings/${encodeURIComponent(id)}`,
} as const

/** Where the server's data comes from. */
export const sourceSchema = z.object({
  version: z.string(),
  mode: z.enum(['live', 'recording']),
  /** Live: the context and API server; recording: why there is no cluster. One sentence, in English. */
  message: z.string(),
  /** The same without its language. */
  told: toldSchema,
  context: z.nullable(z.string()),
  clusterVersion: z.nullable(z.string()),
  /** Live: is the watch fresh? */
  watch: z.enum(['starting', 'live', 'reconnecting', 'forbidden', 'off']),
  /** Cause and next step when `watch` is not live. */
  watchDetail: z.nullable(z.string()),
  toldWatchDetail: z.nullable(toldSchema),
  /** Kubernetes namespaces whose pods the user may not list. */
  forbiddenNamespaces: z.array(z.string()),
  /** True when --allow-helper was given: helpers are made without asking. */
  helperAllowed: z.boolean(),
  /** How long a scan is served from memory, in milliseconds. */
  scanCacheMs: z.number(),
})
export type Source = z.infer<typeof sourceSchema>

/** A part of all pods: see `selectPods`. By namespace, then name. */
export const podListSchema = z.object({
  pods: z.array(podSummarySchema),
  /** The namespaces of these and of closed ones among them, and how many of the found pods each has. */
  groups: z.array(z.object({ namespace: z.string(), pods: z.int() })),
  /** How many namespaces have pods that were found. */
  namespaces: z.int(),
  /** How many pods were found, listed or not. */
  found: z.int(),
  /** How many there are. */
  all: z.int(),
})
export type PodList = z.infer<typeof podListSchema>

/**
 * Why something cannot be shown: `message` says what failed, on what and why; `next` what to do; in English. `told` is the same
 * without its language.
 */
export const problemSchema = z.object({
  code: z.string(),
  message: z.string(),
  next: z.nullable(z.string()),
  told: toldProblemSchema,
})

/**
 * Reply of the observation path. `problem` says why there is no scan, or why it is not a fresh one; the pod's API
 * facts are in `observation` all the same (`scanned` false when there is none).
 */
export const observationReplySchema = z.object({
  observation: observationSchema,
  problem: z.nullable(problemSchema),
})
export type ObservationReply = z.infer<typeof observationReplySchema>

/** Reply of the evidence path. `problem` says why there is none: as for an observation, or `not-recorded`. */
export const evidenceReplySchema = z.object({
  evidence: z.nullable(podEvidenceSchema),
  problem: observationReplySchema.shape.problem,
})
export type EvidenceReply = z.infer<typeof evidenceReplySchema>

/** A node to choose from. `pods`: how many of its pods the source may show. */
export const nodeSummarySchema = z.object({
  name: z.string(),
  /** Null when the Node object was not readable. */
  ready: z.nullable(z.boolean()),
  /** `containerd 2.1.9`; null as above. */
  runtime: z.nullable(z.string()),
  pods: z.int().check(z.nonnegative()),
})
export type NodeSummary = z.infer<typeof nodeSummarySchema>

/** A part of all nodes: see `selectNodes`. Sorted by name. */
export const nodeListSchema = z.object({ nodes: z.array(nodeSummarySchema), found: z.int(), all: z.int() })
export type NodeList = z.infer<typeof nodeListSchema>

/**
 * Reply of a node's observation path. `problem` as for a pod; without any scan `observation` has the pods that the API server
 * names, no namespaces, and a gap `no-scan`.
 */
export const nodeObservationReplySchema = z.object({
  observation: nodeObservationSchema,
  problem: observationReplySchema.shape.problem,
})
export type NodeObservationReply = z.infer<typeof nodeObservationReplySchema>

/** State of a node's helper pod and what would be made. */
export const helperReplySchema = z.object({
  node: z.string(),
  state: z.enum(['none', 'creating', 'ready', 'failed']),
  /** Cause when failed, in English, and without its language. */
  detail: z.nullable(z.string()),
  told: z.nullable(toldSchema),
  /** The manifests that would be applied, as YAML. */
  manifest: z.string(),
})
export type HelperReply = z.infer<typeof helperReplySchema>

/** Names of the kubeconfig's contexts, sorted; none where viewers cannot choose. `current` is the one that is shown. */
export const contextListSchema = z.object({ contexts: z.array(z.string()), current: z.nullable(z.string()) })
export type ContextList = z.infer<typeof contextListSchema>

export const recordingListSchema = z.object({
  recordings: z.array(z.object({ id: z.string(), title: z.string(), titleIn: recordingSchema.shape.titleIn })),
})
export type RecordingList = z.infer<typeof recordingListSchema>

/** Every failed call answers with this and a 4xx/5xx status. */
export const apiErrorSchema = z.object({ error: problemSchema })
export type ApiErrorBody = z.infer<typeof apiErrorSchema>

/**
 * `error.code` and `problem.code` values the page reacts to; others are shown as text.
 * helper-needed: agree first · helper-creating: ask again · forbidden: RBAC text in message · cluster-unreachable: the API server
 * does not answer · node-unreachable: the API server answers, the node does not.
 */
export const PROBLEM_CODES = [
  'helper-needed',
  'helper-creating',
  'helper-failed',
  'forbidden',
  'cluster-unreachable',
  'node-unreachable',
  'scan-failed',
  'stale',
  'not-scheduled',
  'pod-gone',
  'windows',
  'not-recorded',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]
