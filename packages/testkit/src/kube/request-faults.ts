import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault, RequestFault } from './faults.ts'
import { sendText } from './http-reply.ts'
import { type Attributes, forbidden } from './rbac.ts'
import {
  expired,
  failure,
  internalError,
  notFound,
  type Status,
  StatusError,
  tooManyRequests,
  unauthorized,
} from './status.ts'

/**
 * Plays a fault of the whole request. `goes-on`: it has only made the request slow.
 * @throws StatusError for the faults that are refusals.
 */
export async function playRequestFault(
  fault: Fault,
  asked: Attributes,
  user: string,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<'answered' | 'goes-on'> {
  switch (fault.kind as RequestFault) {
    case 'slow-headers':
      await sleep(fault.delayMs ?? 1000, undefined, { signal: closing }).catch(() => response.destroy())
      return closing.aborted ? 'answered' : 'goes-on'
    case 'hang-request':
      return 'answered'
    case 'destroy':
      response.destroy()
      return 'answered'
    case 'invalid-json':
      sendText(
        response,
        200,
        '{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"12',
        'application/json',
      )
      return 'answered'
    case 'html':
      sendText(response, 200, '<!doctype html><title>Sign in</title><p>Please sign in.', 'text/html')
      return 'answered'
    default:
      throw new StatusError(refusal(fault, asked, user))
  }
}

function refusal(fault: Fault, asked: Attributes, user: string): Status {
  switch (fault.kind) {
    case 'unauthorized':
      return unauthorized()
    case 'forbidden':
      return forbidden(user, asked)
    case 'not-found':
      return notFound(asked.resource, asked.name ?? '')
    case 'gone':
      return expired('too old resource version: 1 (2000)')
    case 'too-many':
      return tooManyRequests(fault.retryAfterSeconds ?? 1)
    case 'unavailable':
      return failure(503, 'ServiceUnavailable', 'apiserver not ready')
    default:
      return internalError('etcdserver: request timed out')
  }
}
