import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RecordingError } from '@pausescope/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BUNDLED_RECORDINGS, createLibrary } from './library.ts'
import { loadRecording } from './load-recording.ts'
import { FileError, readText } from './read-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'pausescope-files-'))
const path = (name: string) => join(folder, name)

beforeAll(() => {
  writeFileSync(path('junk'), '')
  // A file with a size but without content on the disk.
  truncateSync(path('junk'), 200 * 1024 * 1024)
  writeFileSync(path('empty'), ' \n')
})
afterAll(() => rmSync(folder, { recursive: true }))

test('200 MB of junk are refused by their size', async () => {
  const error = await loadRecording(path('junk')).catch((cause) => cause)
  expect(error).toBeInstanceOf(RecordingError)
  expect(error.message).toBe('This file has 200 MB; a recording has at most 32 MB.')
})

test.each([
  ['gone', 'The pods file GONE does not exist.'],
  ['empty/below', 'The pods file GONE does not exist.'],
  ['', 'The pods file GONE is a folder.'],
  ['empty', 'The pods file GONE is empty.'],
  ['junk', 'The pods file GONE has 200 MB; at most 1 MB are read.'],
])('a file that cannot be used is named with the reason: %j', async (name, sentence) => {
  const file = path(name)
  const error = await readText(file, { what: 'pods file', maxBytes: 1024 * 1024 }).catch((cause) => cause)
  expect(error).toBeInstanceOf(FileError)
  expect(error.message).toBe(sentence.replace('GONE', file))
})

test('a source without end is read up to the limit only', async () => {
  const error = await readText('/dev/zero', { what: 'pods file', maxBytes: 1024 * 1024 }).catch((cause) => cause)
  expect(error).toMatchObject({ code: 'too-large' })
})

test('a pipe can be read', async () => {
  execFileSync('sh', ['-c', 'mkfifo "$0"', path('pipe')])
  const reading = readText(path('pipe'), { what: 'pods file', maxBytes: 100 })
  execFile('sh', ['-c', 'echo hello > "$0"', path('pipe')])
  expect(await reading).toBe('hello\n')
})

test('the library offers the opened recording first, then the bundled ones, and nothing else', async () => {
  const opened = await loadRecording(join(BUNDLED_RECORDINGS, '4-hostile-names.json'))
  const library = createLibrary(BUNDLED_RECORDINGS, { ...opened, title: 'Mine' })
  const { recordings } = await library.list()
  expect(recordings.map(({ title }) => title)).toEqual([
    'Mine',
    'A class on containerd, cgroup v2',
    'The same pods on CRI-O, cgroup v2',
    'The same pods on cgroup v1, in a node that is a container',
    'Processes with hostile names',
  ])
  expect((await library.find('opened'))?.title).toBe('Mine')
  expect(await library.find('../package')).toBeNull()
})
