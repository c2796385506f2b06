import { describe, expect, test } from 'vitest'
import { crowd, SKETCH_NAMES, sketchOf, withVolumes } from '../test/graph-sketches.ts'
import { wellFormed } from '../test/well-formed.ts'
import { buildScene } from './build-scene.ts'
import { paintSvg } from './paint-svg.ts'
import { DRAWINGS } from './picture-options.ts'

// `vitest run packages/shared/src/picture/paint-svg.test.ts --update` writes them anew: look at each before you commit it.
describe.each(['light', 'dark'] as const)('%s', (theme) => {
  test.each(SKETCH_NAMES)('%s is as drawn before', async (name) => {
    await expect(paintSvg(buildScene(sketchOf(name), { theme }))).toMatchFileSnapshot(`golden/${name}-${theme}.svg`)
  })
})

test('thirty containers, and a narrow picture, are as drawn before', async () => {
  await expect(paintSvg(buildScene(crowd(30), { theme: 'light' }))).toMatchFileSnapshot('golden/crowd-light.svg')
  await expect(paintSvg(buildScene(sketchOf('seed'), { theme: 'light', width: 900 }))).toMatchFileSnapshot(
    'golden/narrow-light.svg',
  )
})

test('high contrast is as drawn before', async () => {
  const svg = paintSvg(buildScene(sketchOf('seed'), { theme: 'contrast' }))
  await expect(svg).toMatchFileSnapshot('golden/seed-contrast.svg')
})

test.each([
  ['seed', 'nested-seed'],
  ['beyond', 'nested-beyond'],
  ['dead', 'nested-dead'],
] as const)('boxes in boxes: %s is as drawn before', async (name, file) => {
  const svg = paintSvg(buildScene(sketchOf(name), { drawing: 'nested' }))
  await expect(svg).toMatchFileSnapshot(`golden/${file}.svg`)
})

test.each([
  ['columns', 'light', 'files-light'],
  ['columns', 'dark', 'files-dark'],
  ['nested', 'light', 'files-nested'],
] as const)('the layer of files in %s, %s, is as drawn before', async (drawing, theme, file) => {
  const svg = paintSvg(buildScene(withVolumes(sketchOf('seed')), { drawing, theme, files: true }))
  await expect(svg).toMatchFileSnapshot(`golden/${file}.svg`)
})

test.each(SKETCH_NAMES)('%s is well-formed XML', (name) => {
  for (const drawing of DRAWINGS) expect(wellFormed(paintSvg(buildScene(sketchOf(name), { drawing })))).toBe(true)
})

test('what is not well-formed is seen', () => {
  for (const broken of ['<a>', '<a><b></a></b>', '<a x=1/>', '<a>&nope;</a>', '<a>\u0000</a>', '<a x="<"/>', 'x<a/>']) {
    expect(wellFormed(broken)).toBe(false)
  }
})

test('hostile names bring no element, and hide nothing', () => {
  const svg = paintSvg(buildScene(sketchOf('hostile'), { theme: 'light' }))
  expect(svg).not.toMatch(/<script|<image|<b>|foreignObject/)
  expect(svg).toContain('&lt;script&gt;')
  expect(svg).toContain('␛[2J␇')
  expect(svg).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f]/)
})

test('nothing outside the picture is needed: no reference, no style sheet', () => {
  const svg = paintSvg(buildScene(sketchOf('seed'), { theme: 'light' }))
  expect(svg).not.toMatch(/href|url\(|<style|style="|class="/)
  expect(svg).toMatch(
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 1240 \d+" width="1240" height="\d+" role="img"/,
  )
  expect(svg).toContain('<title>Linux namespaces of pod default/myweb2</title>')
})
