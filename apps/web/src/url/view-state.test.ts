import { NAMESPACE_TYPES, type SceneRef, type Spotlight, STORY_STEPS } from '@pausescope/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../i18n/languages.ts'
import { decodeSelection, encodeSelection } from './selection-codec.ts'
import {
  ARGUMENT_CHOICES,
  DEFAULT_VIEW,
  EVERY_CHOICES,
  FOLDS,
  formatViewState,
  LAYERS,
  LIST_CHOICES,
  parseViewState,
  SIDES,
  THEME_CHOICES,
  VIEWS,
} from './view-state.ts'

const text = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
const selection = fc.oneof(
  fc.record({ kind: fc.constantFrom('container' as const, 'namespace' as const, 'pod' as const), key: text }),
  fc.record({ kind: fc.constant('link' as const), container: text, namespace: text }),
) as fc.Arbitrary<SceneRef>

const spotlight = fc.oneof(
  fc.record({ kind: fc.constant('type' as const), type: fc.constantFrom(...NAMESPACE_TYPES) }),
  fc.record({ kind: fc.constant('container' as const), key: text.map((name) => `container:${name}`) }),
) as fc.Arbitrary<Spotlight>

/** A pod, a whole node, or neither. */
const subject = fc.oneof(
  fc.record({ pod: fc.option(text), node: fc.constant(null) }),
  fc.record({ pod: fc.constant(null), node: text }),
)

const zoom = fc
  .tuple(
    fc.integer({ min: 1, max: 999_999 }),
    fc.integer({ min: -999_999, max: 999_999 }),
    fc.integer({ min: -999_999, max: 999_999 }),
  )
  .map(([times, x, y]) => ({ times: times / 1000, x: x / 100, y: y / 100 }))

const rest = fc.record({
  recording: fc.option(text),
  frame: fc.nat(998),
  moment: fc.option(fc.integer({ min: 1, max: 9999 })),
  every: fc.constantFrom(...EVERY_CHOICES),
  paused: fc.boolean(),
  timeline: fc.boolean(),
  view: fc.constantFrom(...VIEWS),
  zoom: fc.option(zoom),
  selection: fc.option(selection),
  compare: fc.option(fc.record({ pod: text.map((name) => `ns/${name}`), frame: fc.nat(998) })),
  present: fc.option(fc.constantFrom(...STORY_STEPS)),
  spotlight: fc.option(spotlight),
  search: fc.string({ unit: 'grapheme' }),
  theme: fc.constantFrom(...THEME_CHOICES),
  language: fc.option(fc.constantFrom(...LANGUAGES)),
  closed: fc.array(text, { maxLength: 4 }),
  side: fc.constantFrom(...SIDES),
  list: fc.option(fc.constantFrom(...LIST_CHOICES)),
  args: fc.option(fc.constantFrom(...ARGUMENT_CHOICES)),
  ask: fc.option(
    fc.record({
      container: text.map((name) => `container:${name}`),
      port: fc.integer({ min: 1, max: 65_535 }),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    }),
  ),
  layers: fc.subarray([...LAYERS]),
  folds: fc.subarray([...FOLDS]),
})

const view = fc.tuple(subject, rest).map(([one, others]) => ({ ...one, ...others }))

describe('the address', () => {
  it('gives back every view it was made of', () => {
    fc.assert(
      fc.property(view, (state) => {
        expect(parseViewState(formatViewState(state))).toEqual(state)
      }),
    )
  })

  it('is empty for the default view', () => {
    expect(formatViewState(DEFAULT_VIEW)).toBe('')
    expect(parseViewState('')).toEqual(DEFAULT_VIEW)
  })

  it('can be read by people', () => {
    const state = {
      ...DEFAULT_VIEW,
      pod: 'default/myweb2',
      frame: 1,
      zoom: { times: 1.69, x: 33.2, y: -4 },
      selection: { kind: 'namespace', key: 'net:[4026532399]' } as const,
      ask: { container: 'container:web', port: 80, protocol: 'tcp' } as const,
    }
    expect(formatViewState(state)).toBe(
      '?frame=2&pod=default/myweb2&zoom=1.69,33.2,-4&select=namespace/net:[4026532399]&ask=80,container:web',
    )
  })

  it('shows a pod or a node, never both', () => {
    expect(parseViewState('?pod=default/myweb2&node=node3')).toMatchObject({ pod: null, node: 'node3' })
    const state = { ...DEFAULT_VIEW, node: 'node3', side: 'nodes' as const }
    expect(formatViewState(state)).toBe('?node=node3&side=nodes')
    expect(formatViewState({ ...state, pod: 'default/myweb2' })).toBe('?node=node3&side=nodes')
  })

  it.each([
    '?frame=0',
    '?frame=-3',
    '?frame=1e9',
    '?frame=99999',
    '?moment=0',
    '?every=3',
    '?paused=no',
    '?timeline=',
    '?view=graph',
    '?theme=',
    '?zoom=',
    '?zoom=2',
    '?zoom=0,50,50',
    '?zoom=-1,50,50',
    '?zoom=2,50,50,50',
    '?zoom=1e3,50,50',
    '?zoom=NaN,Infinity,50',
    '?select=process/x',
    '?select=link/a',
    '?select=link/a/b/c',
    '?list=maybe',
    '?args=some',
    '?ask=80',
    '?ask=,container:web',
    '?ask=0,container:web',
    '?ask=65536,container:web',
    '?ask=80/sctp,container:web',
    '?layers=namespaces',
    '?pod=',
    '?node=',
    '?side=left',
    '?%E0%A4%A',
  ])('takes what it does not understand for the default: %s', (query) => {
    expect(parseViewState(query)).toEqual(DEFAULT_VIEW)
  })

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const view = parseViewState(query)
        expect(parseViewState(formatViewState(view))).toEqual(view)
      }),
    )
  })
})

describe('the selection', () => {
  it('gives back every reference it was made of', () => {
    fc.assert(
      fc.property(selection, (ref) => {
        expect(decodeSelection(encodeSelection(ref))).toEqual(ref)
      }),
    )
  })

  it('tells apart every two references', () => {
    fc.assert(
      fc.property(selection, selection, (a, b) => {
        expect(encodeSelection(a) === encodeSelection(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
    )
  })

  it.each([null, '', 'container', 'container/', 'link//', 'link/a/', 'process/12'])('is nothing for %j', (spelling) => {
    expect(decodeSelection(spelling)).toBeNull()
  })
})
