import { notifyManager, QueryClient } from '@tanstack/react-query'

/** Answers are kept while new ones are on their way. The server is often on this machine: offline is no reason to wait. */
export function makeQueryClient(): QueryClient {
  // An answer is drawn at once, not after whatever waits in the browser's line of timers.
  notifyManager.setScheduler(queueMicrotask)
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, staleTime: 1000, refetchOnWindowFocus: true },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
