import { LIST_LINES, type ListQuery, type PodList, selectPods, summarizePod } from '@pausescope/shared'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { type Problem, problemOf } from '../api/problem.ts'
import { EVERY, podsQuery } from '../api/queries.ts'
import type { Subject } from './use-subject.ts'

/** Null is "not known yet"; a problem may stand beside an old list. */
export type Pods = { list: PodList | null; problem: Problem | null }

/** The pods that are looked for, in the cluster or in the moment of the recording that is shown. */
export function usePods({ live, playing, asks }: Pick<Subject, 'live' | 'playing' | 'asks'>, asked: ListQuery): Pods {
  const told = useQuery({ ...podsQuery(asked), enabled: live, refetchInterval: asks.lists && EVERY.pods })
  const recorded = useMemo(() => playing?.frame.observations.map(({ pod }) => summarizePod(pod)), [playing])
  const selected = useMemo(() => recorded && selectPods(recorded, asked), [recorded, asked])
  return {
    list: (live ? told.data : selected) ?? null,
    problem: live ? problemOf(told.error) : null,
  }
}

/** What the list at the side asks for. While somebody searches, no group is closed: it would hide what was found. */
export function useListQuery({
  search,
  closed,
  limit,
}: {
  search: string
  closed: readonly string[]
  limit: number
}): ListQuery {
  const wanted = useDeferredValue(search)
  return useMemo(() => ({ search: wanted, closed: wanted ? [] : closed, limit }), [wanted, closed, limit])
}

/** How many lines the palette and the like ask for: they show fewer still. */
export function someOf(search: string): ListQuery {
  return { search, closed: [], limit: LIST_LINES.first }
}
