import { type Told, told } from '@pausescope/shared'
import { z } from 'zod'
import { KubeError } from './kube-error.ts'
import { errorFromStatus } from './status-error.ts'

const metadataSchema = z.object({
  name: z.string().default(''),
  namespace: z.string().default(''),
  resourceVersion: z.string().default(''),
})
const objectSchema = z.object({ metadata: metadataSchema })

export const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional() }),
  items: z.array(z.unknown()).nullable(),
})

export type WatchEvent =
  | { kind: 'changed'; key: string; version: string; object: unknown }
  | { kind: 'deleted'; key: string; version: string }
  | { kind: 'bookmark'; version: string }

const eventSchema = z.object({ type: z.string(), object: z.unknown() })

/** `namespace/name` of an API object; null when it has no name. */
export function objectKey(object: unknown): string | null {
  const parsed = objectSchema.safeParse(object)
  return parsed.success && parsed.data.metadata.name !== ''
    ? `${parsed.data.metadata.namespace}/${parsed.data.metadata.name}`
    : null
}

/**
 * One line of a watch.
 * @throws KubeError for an ERROR event (410 Gone among them) and for what is not an event.
 */
export function parseWatchLine(what: Told, line: string): WatchEvent {
  const event = eventSchema.safeParse(parseJson(line))
  if (!event.success) throw malformed(what)
  const { type, object } = event.data
  if (type === 'ERROR') throw errorFromStatus(what, 500, object)
  const version = objectSchema.safeParse(object)
  if (!version.success) throw malformed(what)
  const { resourceVersion } = version.data.metadata
  if (type === 'BOOKMARK') return { kind: 'bookmark', version: resourceVersion }
  const key = objectKey(object)
  if (key === null) throw malformed(what)
  if (type === 'DELETED') return { kind: 'deleted', key, version: resourceVersion }
  if (type === 'ADDED' || type === 'MODIFIED') return { kind: 'changed', key, version: resourceVersion, object }
  throw malformed(what)
}

function malformed(what: Told): KubeError {
  return new KubeError('server-error', told('cannot', { what, why: told('kube.no-event') }))
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Longest line of a watch, in characters: etcd holds no object above 1.5 MiB. */
const LINE_MAX = 16 * 1024 * 1024

/** Cuts a byte stream into lines, whole characters kept. @throws KubeError when one line does not end. */
export function lineSplitter(what: Told, onLine: (line: string) => void): (chunk: Uint8Array) => void {
  const decoder = new TextDecoder()
  let rest = ''
  return (chunk) => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') onLine(line)
    if (rest.length > LINE_MAX) throw malformed(what)
  }
}
