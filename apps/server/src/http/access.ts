import { createHash, timingSafeEqual } from 'node:crypto'
import { told } from '@pausescope/shared'
import type { Request, RequestHandler } from 'express'
import { HttpError } from './api-error.ts'

/** The secrets of one start of the server. */
export type AccessSecrets = {
  /** Lets in whoever has it, as long as the server runs: in the printed address, or as `Authorization: Bearer`. */
  token: string
  /**
   * For the address that is handed to the browser's opener, whose command line other users of the machine can read: works
   * once. Shown a second time, one of the two was not the person's browser, and the first is put out too.
   */
  once: string
  /** Makes a text that nobody guesses. */
  random: () => string
}

export type AccessGate = {
  /** For the page: exchanges `?token=` for a cookie, and takes it out of the address. */
  exchange: RequestHandler
  /** Lets only requests through that have the cookie or the token. */
  demand: RequestHandler
}

/**
 * Keeps other users of the machine out, who can reach a loopback port too.
 * @param secrets null: everyone who reaches the server may use it.
 */
export function accessGate(secrets: AccessSecrets | null): AccessGate {
  const sessions = new Set<string>()
  let firstOfOnce: string | null = null

  function admit(given: string): string | null {
    if (!secrets) return null
    if (isSame(given, secrets.once)) {
      if (firstOfOnce !== null) {
        sessions.delete(firstOfOnce)
        return null
      }
      firstOfOnce = secrets.random()
      sessions.add(firstOfOnce)
      return firstOfOnce
    }
    if (!isSame(given, secrets.token)) return null
    const session = secrets.random()
    sessions.add(session)
    return session
  }

  return {
    exchange: (request, response, next) => {
      const { token } = request.query
      if (request.path !== '/' || token === undefined) return next()
      const session = typeof token === 'string' ? admit(token) : null
      if (session) response.cookie(cookieName(request), session, { httpOnly: true, sameSite: 'strict', path: '/' })
      response.set('Cache-Control', 'no-store').redirect(303, withoutToken(request.url))
    },
    demand: (request, response, next) => {
      if (!secrets) return next()
      const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
      if (bearer !== undefined && isSame(bearer, secrets.token)) return next()
      const session = readCookie(request.headers.cookie ?? '', cookieName(request))
      if (session !== null && sessions.has(session)) return next()
      response.set('WWW-Authenticate', 'Bearer')
      throw new HttpError(401, 'token-needed', told('http.token'), told('http.token-next'))
    },
  }
}

/** Cookies are kept by host, not by port: two servers on one machine must not overwrite each other's. */
function cookieName(request: Request): string {
  return `pausescope-${request.socket.localPort}`
}

function readCookie(header: string, name: string): string | null {
  const found = header.split(';').find((pair) => pair.trim().startsWith(`${name}=`))
  return found === undefined ? null : found.trim().slice(name.length + 1)
}

/** Compares hashes, so that the time it takes says nothing of either text. */
function isSame(given: string, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(secret))
}

function withoutToken(url: string): string {
  const query = url.slice(url.indexOf('?') + 1)
  const rest = query.split('&').filter((pair) => pair !== '' && !pair.startsWith('token='))
  return rest.length === 0 ? '/' : `/?${rest.join('&')}`
}
