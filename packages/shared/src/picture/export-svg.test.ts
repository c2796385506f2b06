import { expect, test } from 'vitest'
import { recordingFromSvg } from '../embed/recording-in-svg.ts'
import { observePod } from '../observe/observe.ts'
import { indexScan } from '../observe/scan-index.ts'
import {
  CONTEXT,
  cgroupLine,
  container,
  containerId,
  NODE_NAMESPACES,
  pod,
  process,
  scan,
} from '../test/domain-builders.ts'
import { exportParts, exportSvg } from './export-svg.ts'
import { pictureWords } from './words/en.ts'

const ID = containerId('a1')
const POD = pod([container('web', { id: ID })])

/** The pod with one process, in a mount namespace of its own. */
function at(pid: number) {
  const first = process(pid, { cgroup: [cgroupLine(ID)], ns: { ...NODE_NAMESPACES, mnt: 4026533000 + pid } })
  return observePod(indexScan(scan([process(1), first]), [POD]), POD, CONTEXT)
}

test('what is new since the moment before is marked, and both moments go with the picture', () => {
  const svg = exportSvg(at(20), { embed: true }, '1.0', at(10))
  expect(svg).toContain(pictureWords.legend.fresh)
  expect(svg).toMatch(/mnt:\[4026533020\][^"<]*, new/)
  const frames = recordingFromSvg(svg)?.frames ?? []
  expect(frames.map(({ observations }) => observations[0]?.processes[0]?.pid)).toEqual([10, 20])
})

test('without a moment before, or where nothing changed, nothing is marked', () => {
  expect(exportSvg(at(20), {}, '1.0')).not.toContain(pictureWords.legend.fresh)
  expect(exportSvg(at(20), {}, '1.0', at(20))).toBe(exportSvg(at(20), {}, '1.0'))
})

test('redacted, the same is new: what stayed has the same placeholder in both moments', () => {
  const marks = (redact: boolean) =>
    JSON.stringify(exportParts(at(20), { redact }, '1.0', at(10)).scene.children).match(/, new"/g)
  expect(marks(true)).toEqual(marks(false))
  const svg = exportSvg(at(20), { redact: true, embed: true }, '1.0', at(10))
  expect(svg).not.toContain(ID)
  expect(svg).not.toContain(POD.uid)
})
