/** Signals that ask to stop, and the exit code of a process that one of them ended: 128 and its number. */
const STOPPING = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

let stop: AbortController | null = null

/** A signal that aborts when the process is first asked to stop. Asked again, the process ends at once. */
export function stopSignal(): AbortSignal {
  if (stop) return stop.signal
  const controller = new AbortController()
  stop = controller
  for (const [signal, exitCode] of Object.entries(STOPPING)) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(exitCode)
      controller.abort()
    })
  }
  return controller.signal
}

/** Resolves when the signal aborts, also when it did before. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
