import {
  LIVE_INTERVALS,
  type LiveInterval,
  type SceneRef,
  type Spotlight,
  STORY_STEPS,
  type StoryStep,
  THEMES,
} from '@pausescope/shared'
import type { Zoom } from '../graph/place.ts'
import { LANGUAGES, type Language } from '../i18n/languages.ts'
import { type Ask, decodeAsk, encodeAsk } from './ask-codec.ts'
import { type Compared, decodeCompared, encodeCompared } from './compare-codec.ts'
import { decodeSelection, encodeSelection } from './selection-codec.ts'
import { decodeSpotlight, encodeSpotlight } from './spotlight-codec.ts'
import { decodeZoom, encodeZoom } from './zoom-codec.ts'

/** `picture`: columns with lines between; `boxes`: boxes in boxes. */
export const VIEWS = ['picture', 'boxes', 'table'] as const
export type View = (typeof VIEWS)[number]

export const THEME_CHOICES = ['system', ...THEMES] as const
export type ThemeChoice = (typeof THEME_CHOICES)[number]

/** What the list at the side is of. */
export const SIDES = ['pods', 'nodes'] as const
export type Side = (typeof SIDES)[number]

export const LIST_CHOICES = ['shown', 'hidden'] as const
type ListChoice = (typeof LIST_CHOICES)[number]

/** How often a live pod or node is scanned, in seconds. */
export const EVERY_CHOICES = ['off', ...LIVE_INTERVALS] as const
export type Every = 'off' | LiveInterval

export const ARGUMENT_CHOICES = ['shown', 'hidden'] as const
type ArgumentChoice = (typeof ARGUMENT_CHOICES)[number]

/** What may be drawn beside the namespaces. `files`: the volumes that the containers share. */
export const LAYERS = ['files'] as const
export type Layer = (typeof LAYERS)[number]

/** Parts of the details that open and close. */
export const FOLDS = [
  'pod',
  'processes',
  'node-shell',
  'kubectl',
  'network',
  'connected',
  'files',
  'given',
  'hostname',
  'ipc',
  'users',
] as const
export type FoldName = (typeof FOLDS)[number]

/** Everything a person sees, as the address bar holds it. */
export type ViewState = {
  /** Id of a bundled recording, or `file:NAME` of an opened one; null: what the server offers first. */
  recording: string | null
  /** Index of the recording's frame. */
  frame: number
  /** Number of the moment of this page's own session that is shown; null: now. */
  moment: number | null
  /** What is live is scanned so often. */
  every: Every
  /** What is live stands still. */
  paused: boolean
  /** All moments are listed below the picture. */
  timeline: boolean
  /** `namespace/name`; null: none picked. */
  pod: string | null
  /** A whole node is shown: there is no pod then. */
  node: string | null
  view: View
  /** Where the picture was moved to; null: fitted. */
  zoom: Zoom | null
  selection: SceneRef | null
  /** Beside it, a pod to compare with; in a recording at one of its moments. */
  compare: Compared | null
  /** Step of the presenter; null: it is not on. */
  present: StoryStep | null
  /** What the presenter's step is narrowed to. */
  spotlight: Spotlight | null
  search: string
  theme: ThemeChoice
  /** Null: as the browser. */
  language: Language | null
  /** Kubernetes namespaces whose group in the list is closed. */
  closed: readonly string[]
  side: Side
  /** Whether the list at the side is shown; null: when the window has room for it. */
  list: ListChoice | null
  /** Whether arguments of commands, which can hold secrets, are shown; null: on this machine alone. */
  args: ArgumentChoice | null
  /** In the evidence of a network: who answers there. */
  ask: Ask | null
  layers: readonly Layer[]
  /** Parts of the details that are not as they are at first: opened, or closed. */
  folds: readonly FoldName[]
}

export const DEFAULT_VIEW: ViewState = {
  recording: null,
  frame: 0,
  moment: null,
  // A trainer kills a container and begins a sentence about it: the picture has changed before the sentence ends.
  every: 2,
  paused: false,
  timeline: false,
  pod: null,
  node: null,
  view: 'picture',
  zoom: null,
  selection: null,
  compare: null,
  present: null,
  spotlight: null,
  search: '',
  theme: 'system',
  language: null,
  closed: [],
  side: 'pods',
  list: null,
  args: null,
  ask: null,
  layers: [],
  folds: [],
}

/** Reads a query string; what it does not understand becomes the default. */
export function parseViewState(query: string): ViewState {
  const params = new URLSearchParams(query)
  const node = params.get('node') || null
  return {
    recording: params.get('recording') || null,
    frame: (parseCount(params.get('frame')) ?? 1) - 1,
    moment: parseCount(params.get('moment')),
    every: EVERY_CHOICES.find((choice) => String(choice) === params.get('every')) ?? DEFAULT_VIEW.every,
    paused: params.get('paused') === '1',
    timeline: params.get('timeline') === 'open',
    pod: node === null ? params.get('pod') || null : null,
    node,
    view: oneOf(VIEWS, params.get('view')) ?? DEFAULT_VIEW.view,
    zoom: decodeZoom(params.get('zoom')),
    selection: decodeSelection(params.get('select')),
    compare: decodeCompared(params.get('with')),
    present: oneOf(STORY_STEPS, params.get('present')),
    spotlight: decodeSpotlight(params.get('spot')),
    search: params.get('q') ?? '',
    theme: oneOf(THEME_CHOICES, params.get('theme')) ?? DEFAULT_VIEW.theme,
    language: oneOf(LANGUAGES, params.get('lang')),
    closed: params.getAll('closed'),
    side: oneOf(SIDES, params.get('side')) ?? DEFAULT_VIEW.side,
    list: oneOf(LIST_CHOICES, params.get('list')),
    args: oneOf(ARGUMENT_CHOICES, params.get('args')),
    ask: decodeAsk(params.get('ask')),
    layers: someOf(LAYERS, params.get('layers')),
    folds: someOf(FOLDS, params.get('folds')),
  }
}

/** Writes the query string, `?` included; empty for the default view. Frames count from 1 in it. */
export function formatViewState(state: ViewState): string {
  const parts: [string, string][] = []
  if (state.recording) parts.push(['recording', state.recording])
  if (state.frame > 0) parts.push(['frame', String(state.frame + 1)])
  if (state.moment) parts.push(['moment', String(state.moment)])
  if (state.every !== DEFAULT_VIEW.every) parts.push(['every', String(state.every)])
  if (state.paused) parts.push(['paused', '1'])
  if (state.timeline) parts.push(['timeline', 'open'])
  if (state.node) parts.push(['node', state.node])
  else if (state.pod) parts.push(['pod', state.pod])
  if (state.view !== DEFAULT_VIEW.view) parts.push(['view', state.view])
  if (state.zoom) parts.push(['zoom', encodeZoom(state.zoom)])
  if (state.selection) parts.push(['select', encodeSelection(state.selection)])
  if (state.compare) parts.push(['with', encodeCompared(state.compare)])
  if (state.present) parts.push(['present', state.present])
  if (state.spotlight) parts.push(['spot', encodeSpotlight(state.spotlight)])
  if (state.search) parts.push(['q', state.search])
  if (state.theme !== DEFAULT_VIEW.theme) parts.push(['theme', state.theme])
  if (state.language) parts.push(['lang', state.language])
  for (const group of state.closed) parts.push(['closed', group])
  if (state.side !== DEFAULT_VIEW.side) parts.push(['side', state.side])
  if (state.list) parts.push(['list', state.list])
  if (state.args) parts.push(['args', state.args])
  if (state.ask) parts.push(['ask', encodeAsk(state.ask)])
  if (state.layers.length > 0) parts.push(['layers', state.layers.join()])
  if (state.folds.length > 0) parts.push(['folds', FOLDS.filter((fold) => state.folds.includes(fold)).join()])
  if (parts.length === 0) return ''
  return `?${parts.map(([key, value]) => `${key}=${readableEncode(value)}`).join('&')}`
}

/** Counts from 1. */
function parseCount(text: string | null): number | null {
  return text && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null
}

function someOf<const T extends string>(allowed: readonly T[], text: string | null): T[] {
  const named = text?.split(',') ?? []
  return allowed.filter((item) => named.includes(item))
}

function oneOf<const T extends string>(allowed: readonly T[], text: string | null): T | null {
  return allowed.find((item) => item === text) ?? null
}

/** Leaves the characters of `net:[4026532399]` and `default/myweb2` as they are: people read addresses. */
function readableEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%(2F|3A|5B|5D|2C)/g, (code) => decodeURIComponent(code))
}
