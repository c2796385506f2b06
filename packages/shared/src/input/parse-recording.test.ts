import { describe, expect, test } from 'vitest'
import { RECORDING_MAX_BYTES, type Recording } from '../model/recording.ts'
import { pod } from '../test/domain-builders.ts'
import { buildNode, observeBuilt } from '../test/node-builder.ts'
import { parseRecording, RecordingError } from './parse-recording.ts'

const node = { name: 'n', runtime: null, runtimeVersion: null, kubeletVersion: null, kernel: null, os: null }
const observation = {
  at: '2026-11-23T11:07:07Z',
  cluster: { name: null, version: null },
  node: { ...node, osImage: null, ready: null, hostname: null, bootId: null, cgroupVersion: 'v2', uptime: 1 },
  pod: pod([], { name: 'myweb2' }),
  scanned: true,
  sandboxes: [],
  processes: [],
  baseline: { net: { type: 'net', inode: 4026531840, device: null } },
  namespaces: [],
  gaps: [],
}
const whole = {
  format: 'pausescope-recording',
  version: 1,
  title: 'A class',
  writtenBy: '0.1.0',
  frames: [{ at: '2026-11-23T11:07:07Z', caption: null, observations: [observation] }],
} as unknown as Recording
const text = JSON.stringify(whole)
const wholeNode = observeBuilt(buildNode(2))

function refusal(input: unknown): RecordingError {
  try {
    parseRecording(input)
  } catch (error) {
    expect(error).toBeInstanceOf(RecordingError)
    return error as RecordingError
  }
  throw new Error('was read')
}

describe('parseRecording', () => {
  test('reads a text, a text with a byte order mark, and a value', () => {
    expect(parseRecording(text)).toEqual(whole)
    expect(parseRecording(`\uFEFF${text}`)).toEqual(whole)
    expect(parseRecording(JSON.parse(text))).toEqual(whole)
  })

  test.each([
    ['', 'not-json', 'This file is empty.'],
    ['hello', 'not-json', 'This file is not a recording: it is not JSON.'],
    ['{"format": nonsense}', 'not-json', 'This file is not a recording: it is not JSON.'],
    [text.slice(0, -1), 'cut', 'This recording is cut off: its JSON ends in the middle.'],
    [text.slice(0, text.indexOf('myweb2') + 3), 'cut', 'This recording is cut off: its JSON ends in the middle.'],
    ['null', 'other-kind', 'This file is not a recording: it holds JSON of another kind (null).'],
    ['[1]', 'other-kind', 'This file is not a recording: it holds JSON of another kind (array).'],
    ['"x"', 'other-kind', 'This file is not a recording: it holds JSON of another kind (string).'],
    ['{}', 'other-kind', 'it holds JSON without the format "pausescope-recording".'],
    ['{"kind":"PodList","items":[]}', 'other-kind', 'it holds a Kubernetes object of kind "PodList".'],
    [JSON.stringify(observation), 'other-kind', 'it holds a single observation.'],
    [{ ...whole, version: 2 }, 'newer', 'This recording has format version 2; this Pausescope reads version 1.'],
    [{ ...whole, version: 0 }, 'older', 'This recording has format version 0; this Pausescope reads version 1.'],
    [{ ...whole, version: '1' }, 'invalid', 'This recording is damaged: at version: Invalid input: expected 1.'],
    [
      { ...whole, frames: [] },
      'invalid',
      'This recording is damaged: at frames: Too small: expected array to have >=1 items.',
    ],
    [
      {
        ...whole,
        frames: [{ at: 'x', caption: null, observations: [{ ...observation, pod: { ...observation.pod, uid: 3 } }] }],
      },
      'invalid',
      'at frames[0].observations[0].pod.uid: Invalid input: expected string, received number.',
    ],
    [
      { ...whole, frames: [{ at: 'x', caption: null, observations: [observation, observation] }] },
      'invalid',
      'This recording is damaged: frame 1 has the pod default/myweb2 twice.',
    ],
    [
      { ...whole, frames: [{ at: 'x', caption: null, observations: [], nodes: [wholeNode, wholeNode] }] },
      'invalid',
      'This recording is damaged: frame 1 has the node node1 twice.',
    ],
  ])('case %#', (input, code, sentence) => {
    const error = refusal(input)
    expect(error.code).toBe(code)
    expect(error.message).toContain(sentence)
    expect(error.next).toMatch(/\.$/)
  })

  test('reads whole nodes where a frame has them', () => {
    const frames = [{ at: 'x', caption: null, observations: [], nodes: [wholeNode] }]
    expect(parseRecording(JSON.stringify({ ...whole, frames })).frames).toEqual(frames)
  })

  test('refuses a text over the limit without reading it', () => {
    const error = refusal('x'.repeat(RECORDING_MAX_BYTES + 1))
    expect(error.code).toBe('too-large')
    expect(error.message).toBe('This file has 33 MB; a recording has at most 32 MB.')
  })

  test('refuses deep nesting, closed or not, in a place the format has or has not', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    for (const input of [
      '['.repeat(10_000_000),
      deep,
      text.replace('"A class"', deep),
      `{"x":${deep},${text.slice(1)}`,
    ]) {
      expect(refusal(input).message).toBe('This file is not a recording: it is nested deeper than any recording is.')
    }
  })

  test('brackets in names are no nesting', () => {
    const title = `\\"${'[{'.repeat(1000)}`
    expect(parseRecording(JSON.stringify({ ...whole, title })).title).toBe(title)
  })

  test('keys that reach for prototypes change nothing and do not come through', () => {
    const forged = text
      .replace('{"format"', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"format"')
      .replace('"pod":{', '"pod":{"__proto__":{"polluted":1},')
    const recording = parseRecording(forged)
    expect(recording).toEqual(whole)
    expect(Object.hasOwn(recording, '__proto__')).toBe(false)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('a forged baseline brings in no foreign key', () => {
    const forged = text.replace('"baseline":{', '"baseline":{"__proto__":{"polluted":1},')
    expect(parseRecording(forged)).toEqual(whole)
    expect(refusal(text.replace('"baseline":{', '"baseline":{"nett":1,')).code).toBe('invalid')
  })
})
