import { pino } from 'pino'

/**
 * Writes errors nobody expected to standard error, as JSON lines. The level comes from PAUSESCOPE_LOG_LEVEL.
 * An error that carries a reply's body or headers, as the Kubernetes client's do, is named without its message: that may
 * hold a token.
 */
export function createReport(level: string): (error: unknown, what: string) => void {
  const log = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
  return (error, what) => log.error({ error: describeError(error) }, what)
}

/** What may be logged of an error. */
export function describeError(error: unknown): { name: string; message: string; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, message: '', at: [] }
  const hasReply = 'headers' in error || 'body' in error || 'response' in error
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { name: error.name, message: hasReply ? '' : error.message, at: frames.map((frame) => frame.trim()) }
}
