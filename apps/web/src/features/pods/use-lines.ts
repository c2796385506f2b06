import { LIST_LINES } from '@pausescope/shared'
import { useCallback, useState } from 'react'

/**
 * How many lines of a list are asked for: more when its end is reached, anew from the first ones for another search.
 * @returns the limit, and what to call with the number of lines there when the last one comes into view.
 */
export function useLines(search: string): [limit: number, more: (listed: number) => void] {
  const [asked, setAsked] = useState<{ search: string; limit: number }>({ search, limit: LIST_LINES.first })
  const limit = asked.search === search ? asked.limit : LIST_LINES.first
  const more = useCallback(
    (listed: number) => {
      // What was asked for last is still on its way.
      if (listed < limit) return
      setAsked({ search, limit: Math.min(limit + LIST_LINES.first, LIST_LINES.most) })
    },
    [search, limit],
  )
  return [limit, more]
}
