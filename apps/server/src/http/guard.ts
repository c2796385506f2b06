import { told } from '@pausescope/shared'
import type { RequestHandler } from 'express'
import { HttpError } from './api-error.ts'

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']

/**
 * Lets only requests through whose Host header names this server: a page of another name that resolves to this address (DNS
 * rebinding) sends its own name.
 * @param allowed more hosts, with a port or for every port.
 */
export function allowHosts(allowed: readonly string[]): RequestHandler {
  const extra = new Set(allowed.map((host) => host.toLowerCase()))
  return (request, _response, next) => {
    const host = request.headers.host?.toLowerCase() ?? ''
    const [, name = '', port = '80'] = /^([^:]+|\[[\d:a-f.]+\])(?::(\d{1,5}))?$/.exec(host) ?? []
    const isOurs = LOOPBACK_NAMES.includes(name) && Number(port) === request.socket.localPort
    if (isOurs || extra.has(host) || extra.has(name)) return next()
    throw new HttpError(
      403,
      'host-not-allowed',
      told('http.host', { host: JSON.stringify(host.slice(0, 100)) }),
      told('http.host-next'),
    )
  }
}

/**
 * Lets only this server's own page, and programs that are no browser, use the API. A GET is checked too, because it can
 * cause a scan; a program must name the origin for anything but a GET.
 * Source: Fetch Metadata Request Headers (W3C), RFC 6454.
 */
export const allowOwnPage: RequestHandler = (request, _response, next) => {
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const reads = request.method === 'GET' || request.method === 'HEAD'
  const siteIsOurs = site === undefined || site === 'same-origin' || (site === 'none' && reads)
  const originIsOurs = origin === undefined || isSameHost(origin, request.headers.host)
  if (!siteIsOurs || !originIsOurs) {
    throw new HttpError(403, 'cross-site', told('http.site'), told('http.site-next'))
  }
  if (!reads && site === undefined && origin === undefined) {
    throw new HttpError(
      403,
      'origin-needed',
      told('http.origin', { method: request.method }),
      told('http.origin-next', { host: request.headers.host ?? '' }),
    )
  }
  next()
}

function isSameHost(origin: string, host: string | undefined): boolean {
  return /^https?:\/\/(.+)$/.exec(origin.toLowerCase())?.[1] === host?.toLowerCase()
}
