import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordingListSchema, recordingSchema, sourceSchema } from '@pausescope/shared'
import { afterAll, expect, test } from 'vitest'
import { BUNDLED_RECORDINGS } from '../src/recordings/library.ts'
import { writeStaticApi } from './static-api.ts'

const folder = mkdtempSync(join(tmpdir(), 'pausescope-static-'))
afterAll(() => rmSync(folder, { recursive: true }))
const bundled = join(BUNDLED_RECORDINGS, '2-crio-cgroup2.json')
const answer = (path: string) => JSON.parse(readFileSync(join(folder, 'out/api', path), 'utf8')) as unknown

test('every answer is there, and what was there before is not', async () => {
  const named = ['week 1.json', 'week?1.json', '..json'].map((name) => join(folder, name))
  for (const file of named) copyFileSync(bundled, file)
  mkdirSync(join(folder, 'out/api'), { recursive: true })
  writeFileSync(join(folder, 'out/api/old.json'), '{}')
  const ids = await writeStaticApi(join(folder, 'out'), named, '1.2.3')
  expect(ids).toEqual(['week-1', 'week-1-2', 'recording'])
  expect(sourceSchema.parse(answer('source.json'))).toMatchObject({ mode: 'recording', version: '1.2.3', watch: 'off' })
  const { recordings } = recordingListSchema.parse(answer('recordings.json'))
  expect(recordings.map(({ id }) => id)).toEqual(ids)
  for (const { id, title } of recordings) {
    expect(recordingSchema.parse(answer(`recordings/${id}.json`)).title).toBe(title)
  }
  expect(() => answer('old.json')).toThrow('ENOENT')
})

test('a file that is no recording is refused, and nothing is written', async () => {
  writeFileSync(join(folder, 'broken.json'), '{"format":')
  const site = join(folder, 'none')
  await expect(writeStaticApi(site, [bundled, join(folder, 'broken.json')], '1')).rejects.toMatchObject({
    name: 'RecordingError',
  })
  expect(() => readFileSync(join(site, 'api/source.json'))).toThrow('ENOENT')
})
