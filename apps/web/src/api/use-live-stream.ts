import {
  type LiveInterval,
  type LiveSubject,
  nodeObservationReplySchema,
  observationReplySchema,
} from '@pausescope/shared'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { Trouble } from './live-state.ts'
import { followLive, type Link, type LiveEvent } from './live-stream.ts'
import { nodeObservationQuery } from './node-queries.ts'
import { LISTS, observationQuery, sourceQuery } from './queries.ts'

const TOLD = { scans: null }

/** Null: nothing is followed. Of another cluster the same names are others. */
export type Followed = { cluster: string | null; subject: LiveSubject | null; interval: LiveInterval } | null

/**
 * Keeps what the page has asked for as fresh as the server tells it is, while the page can be seen. A hidden tab ends its
 * stream: browsers allow six connections to one server, for all tabs together.
 */
export function useLiveStream(
  followed: Followed,
  { onLink, onTrouble }: { onLink: (link: Link) => void; onTrouble: (trouble: Trouble | null) => void },
): void {
  const client = useQueryClient()
  const visible = useSyncExternalStore(subscribe, () => !document.hidden)
  const key = visible && followed ? JSON.stringify(followed) : null
  useEffect(() => {
    if (key === null) return
    const { subject, interval } = JSON.parse(key) as NonNullable<Followed>
    onTrouble(null)
    return followLive(
      { subject, interval },
      {
        onLink,
        onEvent: (event) => {
          if (event.name === 'tick') onTrouble(null)
          if (event.name === 'observation' && event.data.problem === null) onTrouble(null)
          if (event.name === 'trouble') onTrouble(troubleOf(event.data))
          take(event, subject, client)
        },
      },
    )
  }, [key, client, onLink, onTrouble])
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

function troubleOf({ problem, since, retryInMs }: Extract<LiveEvent, { name: 'trouble' }>['data']): Trouble {
  return { problem, since, retryAt: retryInMs === null ? null : Date.now() + retryInMs }
}

/** Puts what is told where the page has what it asked for. */
function take(event: LiveEvent, subject: LiveSubject | null, client: QueryClient): void {
  switch (event.name) {
    case 'source':
      void client.invalidateQueries({ queryKey: sourceQuery.queryKey })
      return
    case 'pods':
      for (const queryKey of LISTS) void client.invalidateQueries({ queryKey })
      return
    case 'observation':
    case 'tick':
    case 'trouble':
      if (subject?.kind === 'pod') takePod(event, subject, client)
      if (subject?.kind === 'node') takeNode(event, subject, client)
  }
}

type Told = Extract<LiveEvent, { name: 'observation' | 'tick' | 'trouble' }>

function takePod(event: Told, { namespace, name }: LiveSubject & { kind: 'pod' }, client: QueryClient): void {
  const { queryKey } = observationQuery(namespace, name, TOLD)
  if (event.name === 'observation') {
    const reply = observationReplySchema.safeParse(event.data)
    if (reply.success) client.setQueryData(queryKey, reply.data)
  } else client.setQueryData(queryKey, (last) => last && later(last, event))
}

function takeNode(event: Told, { node }: LiveSubject & { kind: 'node' }, client: QueryClient): void {
  const { queryKey } = nodeObservationQuery(node, TOLD)
  if (event.name === 'observation') {
    const reply = nodeObservationReplySchema.safeParse(event.data)
    if (reply.success) client.setQueryData(queryKey, reply.data)
  } else client.setQueryData(queryKey, (last) => last && later(last, event))
}

type Timed = { at: string; node: { uptime: number | null } }

/** The last reply, of a later moment or with what is wrong since. */
function later<Reply extends { observation: Timed; problem: Trouble['problem'] | null }>(
  last: Reply,
  event: Exclude<Told, { name: 'observation' }>,
): Reply {
  if (event.name === 'trouble') return { ...last, problem: event.data.problem }
  const { at, uptime } = event.data
  const { observation } = last
  return { ...last, observation: { ...observation, at, node: { ...observation.node, uptime } }, problem: null }
}
