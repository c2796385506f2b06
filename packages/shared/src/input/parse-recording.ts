import { z } from 'zod/mini'
import {
  RECORDING_FORMAT,
  RECORDING_MAX_BYTES,
  RECORDING_VERSION,
  type Recording,
  recordingSchema,
} from '../model/recording.ts'
import type { Told, ToldProblem } from '../model/told.ts'
import { fileSentences } from '../told/en/file.ts'
import { tell } from '../told/tell.ts'
import { told } from '../told/told.ts'
import { jsonNesting, MAX_JSON_DEPTH } from './json-nesting.ts'

const NEXT = {
  'too-large': told('file-next.too-large'),
  cut: told('file-next.cut'),
  'not-json': told('file-next.other'),
  'other-kind': told('file-next.other'),
  newer: told('file-next.newer'),
  older: told('file-next.older'),
  invalid: told('file-next.invalid'),
} as const

/** Issues say what was expected and what came; without this, zod/mini calls each of them "Invalid input". */
const IN_WORDS = { error: z.locales.en().localeError }

export type RecordingErrorCode = keyof typeof NEXT

/**
 * A recording that cannot be used. `message` is one sentence about what is wrong, `next` one about what to do; `told` are both
 * without their language. The page, too, meets it: it has these sentences in English, and not those of the server.
 */
export class RecordingError extends Error {
  readonly code: RecordingErrorCode
  readonly next: string
  readonly told: ToldProblem

  constructor(code: RecordingErrorCode, message: Told) {
    super(tell(fileSentences, message, code))
    this.name = 'RecordingError'
    this.code = code
    this.next = tell(fileSentences, NEXT[code], code)
    this.told = { message, next: NEXT[code] }
  }
}

/**
 * Reads a recording: the text of its file, or what `JSON.parse` made of it.
 * Keys the format does not know are dropped, so a forged file brings in nothing but checked values.
 * @throws RecordingError
 */
export function parseRecording(input: unknown): Recording {
  const value = typeof input === 'string' ? parseJson(input) : input
  refuseOtherKinds(value)
  const result = recordingSchema.safeParse(value, IN_WORDS)
  if (!result.success) {
    const issue = result.error.issues[0] as z.core.$ZodIssue
    const where = issue.path.length > 0 ? spellPath(issue.path) : told('file.top-level')
    throw new RecordingError('invalid', told('file.damaged', { where, issue: issue.message }))
  }
  refuseDoubles(result.data)
  return result.data
}

/** The sentence for a file over the limit; the reader of the file checks its size before it reads. */
export function recordingTooLarge(bytes: number): RecordingError {
  const size = Math.ceil(bytes / 1024 / 1024)
  const limit = RECORDING_MAX_BYTES / 1024 / 1024
  return new RecordingError('too-large', told('file.too-large', { size, limit }))
}

function parseJson(text: string): unknown {
  // A string never has more code units than its file had bytes.
  if (text.length > RECORDING_MAX_BYTES) throw recordingTooLarge(text.length)
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text
  const { deepest, open } = jsonNesting(json)
  if (deepest > MAX_JSON_DEPTH) {
    throw new RecordingError('other-kind', told('file.too-deep'))
  }
  try {
    return JSON.parse(json)
  } catch {
    if (json.trim() === '') throw new RecordingError('not-json', told('file.empty'))
    if (open && /^\s*[[{]/.test(json)) {
      throw new RecordingError('cut', told('file.cut'))
    }
    throw new RecordingError('not-json', told('file.no-json'))
  }
}

function refuseOtherKinds(value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RecordingError('other-kind', told('file.other-value', { kind: nameKind(value) }))
  }
  const { format, version, kind, pod } = value as Record<string, unknown>
  if (format !== RECORDING_FORMAT) {
    const found =
      typeof kind === 'string'
        ? told('file.kube-object', { kind: JSON.stringify(kind.slice(0, 40)) })
        : typeof pod === 'object' && pod !== null
          ? told('file.observation')
          : told('file.no-format', { format: RECORDING_FORMAT })
    throw new RecordingError('other-kind', found)
  }
  if (typeof version !== 'number' || version === RECORDING_VERSION) return
  const sentence = told('file.version', { version, ours: RECORDING_VERSION })
  throw new RecordingError(version > RECORDING_VERSION ? 'newer' : 'older', sentence)
}

function nameKind(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** A cluster has one pod, and one node, of a name at a time, and evidence is read once; two in one frame would leave open which is drawn. */
function refuseDoubles(recording: Recording): void {
  for (const [index, frame] of recording.frames.entries()) {
    const seen = new Set<string>()
    const names = [
      ...frame.observations.map(({ pod }) => ['file.the-pod', `${pod.namespace}/${pod.name}`] as const),
      ...(frame.nodes ?? []).map(({ node }) => ['file.the-node', node.name] as const),
      ...(frame.evidence ?? []).map(({ pod }) => ['file.the-evidence', `${pod.namespace}/${pod.name}`] as const),
    ]
    for (const [kind, name] of names) {
      if (seen.has(`${kind} ${name}`)) {
        const what = told(kind, { name })
        throw new RecordingError('invalid', told('file.twice', { frame: index + 1, what }))
      }
      seen.add(`${kind} ${name}`)
    }
  }
}

/** `frames[0].observations[3].pod.name` */
function spellPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`))
    .join('')
}
