import { z } from 'zod/mini'
import {
  RECORDING_FORMAT,
  RECORDING_MAX_BYTES,
  RECORDING_VERSION,
  type Recording,
  recordingSchema,
} from '../model/recording.ts'
import { jsonNesting, MAX_JSON_DEPTH } from './json-nesting.ts'

const NEXT = {
  'too-large': 'Save a recording with fewer pods or fewer frames.',
  cut: 'Copy or save the file again: its end is missing.',
  'not-json': 'Choose a file that Pausescope saved.',
  'other-kind': 'Choose a file that Pausescope saved.',
  newer: 'Update Pausescope to read it.',
  older: 'Record it again with this Pausescope.',
  invalid: 'The file was changed or damaged after it was saved; save it again.',
} as const

/** Issues say what was expected and what came; without this, zod/mini calls each of them "Invalid input". */
const IN_WORDS = { error: z.locales.en().localeError }

export type RecordingErrorCode = keyof typeof NEXT

/** A recording that cannot be used. `message` is one sentence about what is wrong, `next` one about what to do. */
export class RecordingError extends Error {
  readonly code: RecordingErrorCode
  readonly next: string

  constructor(code: RecordingErrorCode, message: string) {
    super(message)
    this.name = 'RecordingError'
    this.code = code
    this.next = NEXT[code]
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
    const where = issue.path.length > 0 ? spellPath(issue.path) : 'the top level'
    throw new RecordingError('invalid', `This recording is damaged: at ${where}: ${issue.message}.`)
  }
  refuseDoubles(result.data)
  return result.data
}

/** The sentence for a file over the limit; the reader of the file checks its size before it reads. */
export function recordingTooLarge(bytes: number): RecordingError {
  const size = Math.ceil(bytes / 1024 / 1024)
  const limit = RECORDING_MAX_BYTES / 1024 / 1024
  return new RecordingError('too-large', `This file has ${size} MB; a recording has at most ${limit} MB.`)
}

function parseJson(text: string): unknown {
  // A string never has more code units than its file had bytes.
  if (text.length > RECORDING_MAX_BYTES) throw recordingTooLarge(text.length)
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text
  const { deepest, open } = jsonNesting(json)
  if (deepest > MAX_JSON_DEPTH) {
    throw new RecordingError('other-kind', 'This file is not a recording: it is nested deeper than any recording is.')
  }
  try {
    return JSON.parse(json)
  } catch {
    if (json.trim() === '') throw new RecordingError('not-json', 'This file is empty.')
    if (open && /^\s*[[{]/.test(json)) {
      throw new RecordingError('cut', 'This recording is cut off: its JSON ends in the middle.')
    }
    throw new RecordingError('not-json', 'This file is not a recording: it is not JSON.')
  }
}

function refuseOtherKinds(value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RecordingError('other-kind', `This file is not a recording: it holds ${nameKind(value)}.`)
  }
  const { format, version, kind, pod } = value as Record<string, unknown>
  if (format !== RECORDING_FORMAT) {
    const found =
      typeof kind === 'string'
        ? `a Kubernetes object of kind ${JSON.stringify(kind.slice(0, 40))}`
        : typeof pod === 'object' && pod !== null
          ? 'a single observation'
          : `JSON without the format "${RECORDING_FORMAT}"`
    throw new RecordingError('other-kind', `This file is not a recording: it holds ${found}.`)
  }
  if (typeof version !== 'number' || version === RECORDING_VERSION) return
  const sentence = `This recording has format version ${version}; this Pausescope reads version ${RECORDING_VERSION}.`
  throw new RecordingError(version > RECORDING_VERSION ? 'newer' : 'older', sentence)
}

function nameKind(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}

/** A cluster has one pod, and one node, of a name at a time, and evidence is read once; two in one frame would leave open which is drawn. */
function refuseDoubles(recording: Recording): void {
  for (const [index, frame] of recording.frames.entries()) {
    const seen = new Set<string>()
    const names = [
      ...frame.observations.map(({ pod }) => `the pod ${pod.namespace}/${pod.name}`),
      ...(frame.nodes ?? []).map(({ node }) => `the node ${node.name}`),
      ...(frame.evidence ?? []).map(({ pod }) => `the evidence of ${pod.namespace}/${pod.name}`),
    ]
    for (const name of names) {
      if (seen.has(name)) {
        throw new RecordingError('invalid', `This recording is damaged: frame ${index + 1} has ${name} twice.`)
      }
      seen.add(name)
    }
  }
}

/** `frames[0].observations[3].pod.name` */
function spellPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`))
    .join('')
}
