/** Is told what a source does, for numbers over time. Never told a name. */
export type Meter = {
  /** A scan of a node ended. `cut`: nobody waited for it any more. */
  scanned: (outcome: 'done' | 'failed' | 'cut', seconds: number) => void
  /** A watch of the API server ended otherwise than in good order and begins again. */
  watchFailed: () => void
}

export const NO_METER: Meter = { scanned: () => {}, watchFailed: () => {} }

/** What a source holds at this moment. */
export type SourceCounts = {
  /** Open exec sessions. */
  sessions: number
  /** Helpers by state. */
  helpers: Record<'creating' | 'ready' | 'failed', number>
  pods: number
  nodes: number
}

type Scan<T> = (node: string, signal: AbortSignal) => Promise<T>

/**
 * The same scan, told to the meter.
 * @param now the time in milliseconds.
 */
export function metered<T>(scan: Scan<T>, meter: Meter, now: () => number): Scan<T> {
  return async (node, signal) => {
    const begun = now()
    const tell = (outcome: 'done' | 'failed' | 'cut') => meter.scanned(outcome, (now() - begun) / 1000)
    try {
      const result = await scan(node, signal)
      tell('done')
      return result
    } catch (cause) {
      tell(signal.aborted ? 'cut' : 'failed')
      throw cause
    }
  }
}
