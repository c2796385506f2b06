import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { API, type Recording, type RecordingList, type Source, told } from '@pausescope/shared'
import { createRecordingSource } from '../src/observe/recording-source.ts'
import { listed } from '../src/recordings/library.ts'
import { loadRecording } from '../src/recordings/load-recording.ts'

/**
 * Writes what the API answers about recordings as files, for a page without a server: `FOLDER/api/source.json` and so on.
 * What was there before is replaced.
 * @param files recordings, in the order in which they are offered.
 * @returns the ids of the recordings, in that order.
 * @throws FileError and RecordingError as loadRecording does.
 */
export async function writeStaticApi(folder: string, files: readonly string[], version: string): Promise<string[]> {
  const recordings = new Map<string, Recording>()
  for (const file of files) recordings.set(freeId(file, recordings), await loadRecording(file))
  const [first] = recordings.values()
  if (!first) throw new Error('There is no recording to show.')
  const source: Source = createRecordingSource({ recording: first, version, told: told('source.static') }).describe()
  const list: RecordingList = { recordings: [...recordings].map(([id, recording]) => listed(id, recording)) }
  await rm(join(folder, 'api'), { recursive: true, force: true })
  await writeAnswer(folder, API.source, source)
  await writeAnswer(folder, API.recordings, list)
  for (const [id, recording] of recordings) await writeAnswer(folder, API.recording(id), recording)
  return [...recordings.keys()]
}

async function writeAnswer(folder: string, path: string, answer: unknown): Promise<void> {
  const file = join(folder, `${path}.json`)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(answer))
}

/** The file's name as it can stand in an address and on any disk; numbered where it is taken. */
function freeId(file: string, taken: ReadonlyMap<string, unknown>): string {
  const plain =
    basename(file, '.json')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^\.+/, '') || 'recording'
  for (let number = 1; ; number++) {
    const id = number === 1 ? plain : `${plain}-${number}`
    if (!taken.has(id)) return id
  }
}
