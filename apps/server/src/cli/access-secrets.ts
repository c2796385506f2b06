import { randomBytes } from 'node:crypto'
import type { AccessSecrets } from '../http/access.ts'
import { CliError } from './cli-error.ts'

/** Shorter ones can be guessed. */
const LEAST = 16

/**
 * The secrets of this start.
 * @param given PAUSESCOPE_TOKEN, for where nobody reads what is printed.
 * @throws CliError for a token that is too short, or that an address or a header cannot hold.
 */
export function accessSecrets(given: string | undefined): AccessSecrets {
  const random = () => randomBytes(24).toString('base64url')
  const token = given || random()
  if (token.length >= LEAST && /^[\w.~-]+$/.test(token)) return { token, once: random(), random }
  const next = `Give at least ${LEAST} letters, digits, "-", "_", "." or "~".`
  throw new CliError('usage', 'PAUSESCOPE_TOKEN is no usable token.', next)
}
