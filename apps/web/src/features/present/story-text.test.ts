import { readFileSync } from 'node:fs'
import { buildGraph, type PodGraph, parseRecording, STORY_STEPS, storyScene } from '@pausescope/shared'
import { expect, test } from 'vitest'
import { evidence } from '../../i18n/en/evidence.ts'
import { inside } from '../../i18n/en/inside.ts'
import { en } from '../../i18n/en.ts'

import { storyText } from './story-text.ts'

const RECORDING = new URL('../../../../server/recordings/1-containerd-cgroup2.json', import.meta.url)
const [frame] = parseRecording(readFileSync(RECORDING, 'utf8')).frames
const observation = frame?.observations.find(({ pod }) => pod.name === 'shared-pid')
if (!observation) throw new Error('The recording has no pod shared-pid.')
const told = (graph: PodGraph) =>
  STORY_STEPS.map(
    (step) => storyText(graph, storyScene(graph, step, null), null, { ...en, ...inside, ...evidence }).text,
  )

test('each step of an ordinary pod says something else', () => {
  const texts = told(buildGraph(observation, en.graph))
  expect(new Set(texts).size).toBe(STORY_STEPS.length)
  expect(texts.join()).toContain('PID 1024')
})

test('of a pod behind a kernel of its own no step says what its containers share or have for themselves', () => {
  const texts = told(
    buildGraph(observation, en.graph, { runtime: 'gVisor', evidence: 'spec.runtimeClassName: gvisor' }),
  )
  const { isolated } = en.details
  expect(texts.slice(0, -1)).toEqual(STORY_STEPS.slice(0, -1).map(() => isolated('gVisor')))
})
