import {
  API,
  apiErrorSchema,
  contextListSchema,
  evidenceReplySchema,
  helperReplySchema,
  listQuerySchema,
  liveQuerySchema,
  nodeListSchema,
  nodeObservationReplySchema,
  nodeObservationSchema,
  nodePictureQuerySchema,
  observationReplySchema,
  observationSchema,
  pictureQuerySchema,
  podEvidenceSchema,
  podListSchema,
  recordingListSchema,
  recordingSchema,
  sourceSchema,
  toldSchema,
} from '@pausescope/shared'
import { z } from 'zod/mini'

/** Everything that is sent as JSON, by the name it has in the document. */
const SCHEMAS = {
  Source: sourceSchema,
  PodList: podListSchema,
  Observation: observationSchema,
  ObservationReply: observationReplySchema,
  Evidence: podEvidenceSchema,
  EvidenceReply: evidenceReplySchema,
  NodeList: nodeListSchema,
  NodeObservation: nodeObservationSchema,
  NodeObservationReply: nodeObservationReplySchema,
  HelperReply: helperReplySchema,
  ContextList: contextListSchema,
  RecordingList: recordingListSchema,
  Recording: recordingSchema,
  Error: apiErrorSchema,
  Told: toldSchema,
} as const

const refreshQuery = z.object({ refresh: z.optional(z.enum(['1'])) })
const contextQuery = z.object({ context: z.optional(z.string()) })

type Operation = {
  method: 'get' | 'post'
  /** As in express: `:name` is a parameter. */
  path: string
  summary: string
  query?: readonly z.ZodMiniObject[]
  answer: { schema: keyof typeof SCHEMAS } | { media: string }
}

const SVG = { media: 'image/svg+xml' }

const OPERATIONS: readonly Operation[] = [
  { method: 'get', path: API.source, summary: 'Where the data come from', answer: { schema: 'Source' } },
  {
    method: 'get',
    path: API.pods,
    summary: 'The pods that are looked for, as many as a list shows',
    query: [listQuerySchema],
    answer: { schema: 'PodList' },
  },
  {
    method: 'get',
    path: '/api/pods/:namespace/:name/observation',
    summary: 'One pod as last scanned, or scanned anew',
    query: [refreshQuery],
    answer: { schema: 'ObservationReply' },
  },
  {
    method: 'get',
    path: '/api/pods/:namespace/:name/evidence',
    summary: 'What is inside the namespaces of a pod, as last read, or read anew',
    query: [refreshQuery],
    answer: { schema: 'EvidenceReply' },
  },
  {
    method: 'get',
    path: '/api/pods/:namespace/:name/graph.svg',
    summary: 'The picture of a pod',
    query: [refreshQuery, pictureQuerySchema],
    answer: SVG,
  },
  {
    method: 'get',
    path: API.nodes,
    summary: 'The nodes that are looked for, as many as a list shows',
    query: [listQuerySchema],
    answer: { schema: 'NodeList' },
  },
  {
    method: 'get',
    path: '/api/nodes/:node/observation',
    summary: 'A whole node as last scanned, or scanned anew',
    query: [refreshQuery],
    answer: { schema: 'NodeObservationReply' },
  },
  {
    method: 'get',
    path: '/api/nodes/:node/graph.svg',
    summary: 'The picture of a whole node',
    query: [refreshQuery, nodePictureQuerySchema],
    answer: SVG,
  },
  {
    method: 'get',
    path: '/api/nodes/:node/helper',
    summary: 'Where the helper of a node stands, and what would be made',
    answer: { schema: 'HelperReply' },
  },
  {
    method: 'post',
    path: '/api/nodes/:node/helper',
    summary: 'Agree to a helper on a node, and wait for it',
    query: [contextQuery],
    answer: { schema: 'HelperReply' },
  },
  {
    method: 'get',
    path: API.live,
    summary: 'What a page follows, as it changes: server-sent events',
    query: [liveQuerySchema],
    answer: { media: 'text/event-stream' },
  },
  {
    method: 'get',
    path: API.contexts,
    summary: 'The contexts that viewers may choose from',
    answer: { schema: 'ContextList' },
  },
  {
    method: 'post',
    path: '/api/contexts/:context',
    summary: 'Show the cluster of another context, to all viewers',
    answer: { schema: 'Source' },
  },
  { method: 'get', path: API.recordings, summary: 'The recordings there are', answer: { schema: 'RecordingList' } },
  { method: 'get', path: '/api/recordings/:id', summary: 'One recording', answer: { schema: 'Recording' } },
  { method: 'get', path: API.openapi, summary: 'This document', answer: { media: 'application/json' } },
]

/** The OpenAPI 3.1 document of the HTTP API, made from the schemas by which page and server agree. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of OPERATIONS) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pausescope',
      version,
      description:
        'Which Linux namespaces the containers of pods are in. A POST needs the Origin header. Every failed call answers with Error.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'The token that the server printed.' } },
      schemas: schemas(),
    },
  }
}

function describe({ path, summary, query = [], answer }: Operation): object {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = query.flatMap((schema) => {
    const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
    return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }))
  })
  const parameters = [...inPath, ...inQuery]
  const content =
    'schema' in answer
      ? { 'application/json': { schema: { $ref: `#/components/schemas/${answer.schema}` } } }
      : { [answer.media]: {} }
  const error = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
  return {
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    responses: {
      200: { description: 'Done.', content },
      default: { description: 'What failed, on what, why, and what to do next.', content: error },
    },
  }
}

function schemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id })
  const made = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, unrepresentable: 'any' })
  return Object.fromEntries(
    Object.keys(SCHEMAS).map((name) => {
      const { $id: _id, $schema: _dialect, ...schema } = made.schemas[name] as Record<string, unknown>
      return [name, schema]
    }),
  )
}
