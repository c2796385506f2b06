import { pino } from 'pino'
import type { LogFormat, LogLevel } from './log-options.ts'
import { printable } from './say.ts'

/** What happens in the server, for who runs it. Never given a header, a token or a query. */
export type Log = {
  info: (what: string) => void
  debug: (facts: Record<string, string | number>, what: string) => void
  /** Of an error that nobody expected. */
  error: (error: unknown, what: string) => void
}

/**
 * A log on standard error: JSON lines, or text for people.
 * @param write where a line goes; standard error if none is given.
 */
export function createLog(
  { format, level }: { format: LogFormat; level: LogLevel },
  write: (line: string) => void = (line) => process.stderr.write(line),
): Log {
  const timestamp = format === 'json' ? pino.stdTimeFunctions.isoTime : false
  const formatters = { level: (label: string) => ({ level: label }) }
  const log = pino(
    { level, base: null, timestamp, formatters },
    { write: (line) => write(format === 'json' ? line : asText(line)) },
  )
  return {
    info: (what) => log.info(what),
    debug: (facts, what) => log.debug(facts, what),
    error: (error, what) => log.error({ error: describeError(error) }, what),
  }
}

/**
 * What may be logged of an error. One that carries a reply's body or headers, as the Kubernetes client's do, is named without
 * its message: that may hold a token.
 */
export function describeError(error: unknown): { name: string; message: string; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, message: '', at: [] }
  const hasReply = 'headers' in error || 'body' in error || 'response' in error
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { name: error.name, message: hasReply ? '' : error.message, at: frames.map((frame) => frame.trim()) }
}

/** `pausescope: what`, with what else is known as JSON behind it. Names can hold control characters: shown, not sent. */
function asText(line: string): string {
  const { level, msg, ...facts } = JSON.parse(line) as { level: string; msg: string }
  const more = Object.keys(facts).length === 0 ? '' : ` ${JSON.stringify(facts)}`
  return `pausescope: ${level === 'info' ? '' : `${level}: `}${printable(`${msg}${more}`)}\n`
}
