import type { Frame, LiveSubject, NodeObservationReply, ObservationReply, Recording, Source } from '@pausescope/shared'
import { LIVE_DEFAULT_INTERVAL } from '@pausescope/shared'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { type LiveState, liveState, type Trouble } from '../api/live-state.ts'
import type { Link } from '../api/live-stream.ts'
import { nodeObservationQuery } from '../api/node-queries.ts'
import type { OpenedFile } from '../api/opened-file.ts'
import { type Problem, problemOf } from '../api/problem.ts'
import { type Asks, EVERY, observationQuery, recordingQuery, recordingsQuery, sourceQuery } from '../api/queries.ts'
import { useLiveStream } from '../api/use-live-stream.ts'
import type { ViewState } from '../url/view-state.ts'
import { fileNameOf } from './recording-id.ts'

/** What a recording shows now. */
export type Playing = { id: string; recording: Recording; index: number; frame: Frame }

/** Everything the page knows, wherever it came from. Null is "not known yet"; a problem may stand beside old data. */
export type Subject = {
  source: Source | null
  sourceProblem: Problem | null
  live: boolean
  playing: Playing | null
  /** Why the recording cannot be shown; `not-open` and `none` are the page's own codes. */
  recordingProblem: Problem | null
  /** `namespace/name` of the shown pod. */
  pod: string | null
  /** Name of the node that is shown whole: there is no pod then. */
  node: string | null
  reply: ObservationReply | null
  replyProblem: Problem | null
  /** Of a live node; a recorded one is in the frame. */
  nodeReply: NodeObservationReply | null
  nodeReplyProblem: Problem | null
  /** How fresh what is shown is; null for a recording. */
  liveState: LiveState | null
  asks: Asks
}

export function useSubject(view: ViewState, opened: OpenedFile | null): Subject {
  const [link, setLink] = useState<Link>({ kind: 'connecting' })
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const moves = view.every !== 'off' && !view.paused
  const asks: Asks = {
    lists: link.kind !== 'open',
    scans: link.kind === 'open' || view.every === 'off' || view.paused ? null : view.every * 1000,
  }
  const source = useQuery({ ...sourceQuery, refetchInterval: asks.lists && EVERY.source })
  const recordings = useQuery(recordingsQuery)
  const mode = source.data?.mode ?? null
  const recordingId = view.recording ?? (mode === 'recording' ? (recordings.data?.[0]?.id ?? null) : null)
  const live = mode === 'live' && recordingId === null

  const fileName = fileNameOf(recordingId)
  const bundled = useQuery({
    ...recordingQuery(recordingId ?? ''),
    enabled: recordingId !== null && fileName === null,
  })
  const recording = fileName === null ? bundled.data : opened?.name === fileName ? opened.recording : undefined
  const playing = useMemo(() => play(recordingId, recording, view.frame), [recordingId, recording, view.frame])

  // A recording opens at its first pod, or node where it has no pod: there is something to show, so it is shown.
  const first = playing?.frame.observations[0]?.pod
  const onlyNode = first ? null : (playing?.frame.nodes?.[0]?.node.name ?? null)
  const node = view.node ?? (view.pod === null ? onlyNode : null)
  const pod = node === null ? (view.pod ?? (first ? `${first.namespace}/${first.name}` : null)) : null
  const [namespace = '', name = ''] = pod?.split('/') ?? []
  const scanned = useQuery({ ...observationQuery(namespace, name, asks), enabled: live && name !== '' })
  const scannedNode = useQuery({ ...nodeObservationQuery(node ?? '', asks), enabled: live && node !== null })
  const recorded = useMemo((): ObservationReply | null => {
    const observation = playing?.frame.observations.find((one) => `${one.pod.namespace}/${one.pod.name}` === pod)
    return observation ? { observation, problem: null } : null
  }, [playing, pod])

  const subject: LiveSubject | null =
    node !== null ? { kind: 'node', node } : name === '' ? null : { kind: 'pod', namespace, name }
  const interval = view.every === 'off' ? LIVE_DEFAULT_INTERVAL : view.every
  // What stands still is not scanned; the lists go on.
  useLiveStream(live ? { cluster: source.data?.context ?? null, subject: moves ? subject : null, interval } : null, {
    onLink: setLink,
    onTrouble: setTrouble,
  })
  const shown = node === null ? scanned.data : scannedNode.data

  return {
    source: source.data ?? null,
    sourceProblem: problemOf(source.error),
    live,
    playing,
    recordingProblem: playing
      ? null
      : whyNothingPlays(fileName, bundled.error, mode === 'recording' ? recordings : null),
    pod,
    node,
    reply: live ? (scanned.data ?? null) : recorded,
    replyProblem: live ? problemOf(scanned.error) : null,
    nodeReply: live ? (scannedNode.data ?? null) : null,
    nodeReplyProblem: live ? problemOf(scannedNode.error) : null,
    liveState:
      live && subject
        ? liveState({ every: view.every, paused: view.paused, link, trouble, reply: shown ?? null })
        : null,
    asks,
  }
}

/** Why no recording is shown where one should be; null while it is on its way, or none is asked for. */
function whyNothingPlays(
  fileName: string | null,
  error: Error | null,
  /** The server's list, where the page starts with its first one. */
  list: { data?: readonly unknown[] | undefined; error: Error | null } | null,
): Problem | null {
  if (fileName !== null) return { code: 'not-open', message: fileName, next: null }
  if (list?.data?.length === 0) return { code: 'none', message: '', next: null }
  return problemOf(error ?? list?.error)
}

function play(id: string | null, recording: Recording | undefined, wanted: number): Playing | null {
  if (id === null || !recording) return null
  const index = Math.min(wanted, recording.frames.length - 1)
  return { id, recording, index, frame: recording.frames[index] as Frame }
}
