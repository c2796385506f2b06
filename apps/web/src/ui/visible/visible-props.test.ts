import type { ElementType } from 'react'
import { expect, test } from 'vitest'
import { jsxDEV } from './jsx-dev-runtime.ts'
import { jsx, jsxs } from './jsx-runtime.ts'

const FORGED = 'web\u202egnp.exe\u200b\u0000'
const SHOWN = 'web\ufffdgnp.exe\ufffd\u2400'

const MAKERS = [
  ['jsx', jsx],
  ['jsxs', jsxs],
  ['jsxDEV', (type: ElementType, props: object) => jsxDEV(type, props, undefined, true)],
] as const

test.each(MAKERS)('%s makes elements whose texts hide and reorder nothing, wherever they stand', (_, make) => {
  const name = jsx('b', { children: FORGED })
  const props = { title: FORGED, 'aria-label': FORGED, children: [name, FORGED, [FORGED, 7, null]] }
  const made = make('p', props)
  expect(made.props).toMatchObject({ title: SHOWN, 'aria-label': SHOWN })
  expect((made.props as typeof props).children.slice(1)).toEqual([SHOWN, [SHOWN, 7, null]])
  expect(name.props).toEqual({ children: SHOWN })
})

test('lines stay lines, and what is no text to read stays as it is', () => {
  const print = jsx('pre', { children: `NS\tTYPE\n${FORGED}\n` })
  expect(print.props).toEqual({ children: `NS\tTYPE\n${SHOWN}\n` })
  const field = jsx('input', { value: FORGED, href: FORGED, 'data-key': FORGED })
  expect(field.props).toEqual({ value: FORGED, href: FORGED, 'data-key': FORGED })
})

test('harmless properties are the very same: nothing renders again for them', () => {
  const children = ['pod ', 'myweb2', ' 파드']
  expect((jsx('p', { children }).props as { children: unknown }).children).toBe(children)
})
