import {
  API,
  exportNodeSvg,
  exportSvg,
  type ListQuery,
  parseListQuery,
  parseNodePictureQuery,
  parsePictureQuery,
  selectNodes,
  selectPods,
  told,
} from '@pausescope/shared'
import { type Request, type Response, Router, raw } from 'express'
import type { ObservationSource } from '../observe/source.ts'
import type { ContextSwitch } from '../observe/switching-source.ts'
import type { Library } from '../recordings/library.ts'
import { allowOnly, HttpError, notFound } from './api-error.ts'
import { liveRoute } from './live-route.ts'
import { parseNamespaceName, parseObjectName } from './names.ts'
import { openApi } from './openapi.ts'
import { sendJson, sendText } from './send-json.ts'
import { untilClosed } from './until-closed.ts'

/** No call of the API needs a body; what is sent is read up to this many bytes and ignored. */
const MAX_BODY = '4kb'

/** The API of `@pausescope/shared`. Who may use it is decided before. */
export function apiRoutes(source: ObservationSource, library: Library, contexts: ContextSwitch | null): Router {
  const api = Router({ caseSensitive: true, strict: true })

  api
    .route(API.source)
    .get((request, response) => sendJson(request, response, source.describe()))
    .all(allowOnly('GET', 'HEAD'))

  api
    .route(API.pods)
    .get((request, response) => sendJson(request, response, selectPods(source.pods(), listAsked(request)), 'ask'))
    .all(allowOnly('GET', 'HEAD'))

  api
    .route('/api/pods/:namespace/:name/observation')
    .get(async (request, response) => {
      const namespace = parseNamespaceName(request.params.namespace)
      const name = parseObjectName(request.params.name, 'pod')
      const options = { refresh: request.query.refresh === '1', signal: untilClosed(request, response) }
      await sendJson(request, response, await source.observation(namespace, name, options))
    })
    .all(allowOnly('GET', 'HEAD'))

  api
    .route('/api/pods/:namespace/:name/evidence')
    .get(async (request, response) => {
      const namespace = parseNamespaceName(request.params.namespace)
      const name = parseObjectName(request.params.name, 'pod')
      const options = { refresh: request.query.refresh === '1', signal: untilClosed(request, response) }
      await sendJson(request, response, await source.evidence(namespace, name, options))
    })
    .all(allowOnly('GET', 'HEAD'))

  api
    .route('/api/pods/:namespace/:name/graph.svg')
    .get(async (request, response) => {
      const namespace = parseNamespaceName(request.params.namespace)
      const name = parseObjectName(request.params.name, 'pod')
      const { options, asked } = pictureAsked(request, response, parsePictureQuery)
      const { observation } = await source.observation(namespace, name, asked)
      const svg = exportSvg(observation, options, source.describe().version)
      await sendPicture(request, response, `${namespace}-${name}`, svg)
    })
    .all(allowOnly('GET', 'HEAD'))

  api
    .route(API.nodes)
    .get((request, response) => sendJson(request, response, selectNodes(source.nodes(), listAsked(request)), 'ask'))
    .all(allowOnly('GET', 'HEAD'))

  api
    .route('/api/nodes/:node/observation')
    .get(async (request, response) => {
      const node = parseObjectName(request.params.node, 'node')
      const options = { refresh: request.query.refresh === '1', signal: untilClosed(request, response) }
      await sendJson(request, response, await source.node(node, options))
    })
    .all(allowOnly('GET', 'HEAD'))

  api
    .route('/api/nodes/:node/graph.svg')
    .get(async (request, response) => {
      const node = parseObjectName(request.params.node, 'node')
      const { options, asked } = pictureAsked(request, response, parseNodePictureQuery)
      const { observation } = await source.node(node, asked)
      await sendPicture(request, response, node, exportNodeSvg(observation, options, source.describe().version))
    })
    .all(allowOnly('GET', 'HEAD'))

  api
    .route('/api/nodes/:node/helper')
    .get(async (request, response) => {
      await sendJson(request, response, await source.helper(parseObjectName(request.params.node, 'node')))
    })
    .post(raw({ type: () => true, limit: MAX_BODY }), async (request, response) => {
      const node = parseObjectName(request.params.node, 'node')
      refuseOtherContext(request, source)
      await sendJson(request, response, await source.agreeToHelper(node, untilClosed(request, response)))
    })
    .all(allowOnly('GET', 'HEAD', 'POST'))

  api.route(API.live).head(allowOnly('GET')).get(liveRoute(source)).all(allowOnly('GET'))

  api
    .route(API.recordings)
    .get(async (request, response) => sendJson(request, response, await library.list(), 'ask'))
    .all(allowOnly('GET', 'HEAD'))

  api
    .route('/api/recordings/:id')
    .get(async (request, response) => {
      const recording = await library.find(String(request.params.id))
      if (!recording) {
        const next = told('http.no-recording-next', { path: API.recordings })
        throw new HttpError(404, 'recording-not-found', told('http.no-recording'), next)
      }
      await sendJson(request, response, recording, 'ask')
    })
    .all(allowOnly('GET', 'HEAD'))

  api
    .route(API.contexts)
    .get(async (request, response) => {
      const names = contexts ? await contexts.names() : []
      await sendJson(request, response, { contexts: names, current: source.describe().context })
    })
    .all(allowOnly('GET', 'HEAD'))

  api
    .route('/api/contexts/:context')
    .post(raw({ type: () => true, limit: MAX_BODY }), async (request, response) => {
      const name = String(request.params.context)
      if (!contexts) throw new HttpError(409, 'not-switchable', told('http.one-cluster'), told('http.one-cluster-next'))
      await contexts.switchTo(name, untilClosed(request, response))
      await sendJson(request, response, source.describe())
    })
    .all(allowOnly('POST'))

  api
    .route(API.openapi)
    .get((request, response) => sendJson(request, response, openApi(source.describe().version), 'ask'))
    .all(allowOnly('GET', 'HEAD'))

  api.use('/api', notFound)
  return api
}

/** Consent is for the cluster whose manifest was read: another one, chosen meanwhile, may have a node of the same name. */
function refuseOtherContext({ query }: Request, source: ObservationSource): void {
  if (query.context === undefined || query.context === source.describe().context) return
  throw new HttpError(409, 'context-changed', told('http.agreed-elsewhere'), told('http.agreed-elsewhere-next'))
}

/** Which part of a list is wished. */
function listAsked({ query }: Request): ListQuery {
  const asked = parseListQuery(query)
  if ('error' in asked) throw badOption(asked.error)
  return asked
}

function badOption(error: string): HttpError {
  return new HttpError(400, 'bad-option', told('quoted', { text: error }), told('http.option-next'))
}

/** How a picture is wished, and whether of a new scan. */
function pictureAsked<Options extends object>(
  request: Request,
  response: Response,
  parse: (query: Record<string, unknown>) => Options | { error: string },
): { options: Options; asked: { refresh: boolean; signal: AbortSignal } } {
  const { refresh, ...query } = request.query
  const options = parse(query)
  if ('error' in options) throw badOption(options.error)
  return { options, asked: { refresh: refresh === '1', signal: untilClosed(request, response) } }
}

/** @param file name without ending; what it is made of was parsed: nothing in it ends the quotes. */
async function sendPicture(request: Request, response: Response, file: string, svg: string): Promise<void> {
  response.set('Content-Disposition', `inline; filename="${file}.svg"`)
  await sendText(request, response, svg, 'svg', 'ask')
}
