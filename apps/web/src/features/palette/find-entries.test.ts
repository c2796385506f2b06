import { expect, test } from 'vitest'
import { findEntries } from './find-entries.ts'

const entries = ['Search pods', 'Theme: Light', 'Theme: Dark', 'default/web', 'kube-system/webhook', 'web/api'].map(
  (text) => ({ text }),
)
const found = (typed: string) => findEntries(entries, typed).map(({ text }) => text)

test.each([
  ['', ['Search pods', 'Theme: Light', 'Theme: Dark', 'default/web', 'kube-system/webhook', 'web/api']],
  ['  ', ['Search pods', 'Theme: Light', 'Theme: Dark', 'default/web', 'kube-system/webhook', 'web/api']],
  ['dark theme', ['Theme: Dark']],
  ['WEB', ['default/web', 'kube-system/webhook', 'web/api']],
  ['api', ['web/api']],
  ['s', ['Search pods', 'kube-system/webhook']],
  ['nothing of the kind', []],
])('“%s” finds %j', (typed, texts) => {
  expect(found(typed)).toEqual(texts)
})
