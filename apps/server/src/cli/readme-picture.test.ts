import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildGraph, buildScene, paintSvg } from '@pausescope/shared'
import { expect, test } from 'vitest'
import { loadRecording } from '../recordings/load-recording.ts'

const ROOT = join(import.meta.dirname, '../../../..')

test('the README’s picture is what the tool makes now (else: node --run make:picture)', async () => {
  const recording = await loadRecording(join(ROOT, 'apps/server/recordings/1-containerd-cgroup2.json'))
  const myweb2 = recording.frames[0]?.observations.find(({ pod }) => pod.name === 'myweb2')
  if (!myweb2) throw new Error('The first bundled recording has no pod myweb2.')
  const picture = paintSvg(buildScene(buildGraph(myweb2), { theme: 'light' }))
  expect(readFileSync(join(ROOT, 'docs/myweb2.svg'), 'utf8').trimEnd()).toBe(picture.trimEnd())
})
