import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { observationQuery } from '../api/queries.ts'

/**
 * Asks for the scan of a pod that is about to be shown, while the page still draws the click. That makes no helper: nothing
 * but the person's agreement does.
 */
export function useAskEarly(live: boolean): (pod: string) => void {
  const client = useQueryClient()
  return useCallback(
    (pod) => {
      const [namespace = '', name = ''] = pod.split('/')
      if (live) void client.prefetchQuery(observationQuery(namespace, name, { scans: null }))
    },
    [live, client],
  )
}
