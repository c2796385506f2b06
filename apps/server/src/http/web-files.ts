import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import { told } from '@pausescope/shared'
import express, { Router } from 'express'
import { allowOnly, HttpError } from './api-error.ts'

/**
 * Serves the built page: what has its hash in its name for ever, `index.html` only after asking whether it changed.
 * @param root folder of `index.html`; without one, the page says that it is not built.
 */
export function webFiles(root: string): Router {
  const files = Router({ caseSensitive: true, strict: true })
  const assets = join(root, 'assets') + sep

  files
    .route('/')
    .get((_request, response) => {
      if (!existsSync(join(root, 'index.html'))) {
        throw new HttpError(503, 'not-built', told('http.no-page'), told('http.no-page-next'))
      }
      response.sendFile('index.html', { root, headers: { 'Cache-Control': 'no-cache' }, cacheControl: false })
    })
    .all(allowOnly('GET', 'HEAD'))

  files.use(
    express.static(root, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        response.setHeader(
          'Cache-Control',
          path.startsWith(assets) ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    }),
  )
  return files
}
