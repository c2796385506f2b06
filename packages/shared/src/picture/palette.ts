import type { NamespaceType } from '../model/namespace-type.ts'
import type { Theme } from '../model/theme.ts'

/** `line` has at least 3:1 on every ground it is drawn on, `text` at least 4.5:1; the palette's test computes both. */
export type TypeColours = { line: string; text: string }

/** All colours of a picture in one theme, as #rrggbb. */
export type Palette = {
  background: string
  /** Cards and pills. */
  surface: string
  /** The sandbox's card and the panel of what it holds. */
  tint: string
  /** The node's panel and pills. */
  quiet: string
  ink: string
  ink2: string
  ink3: string
  cardLine: string
  sandboxLine: string
  panelLine: string
  /** Outline and links of what is the node's. */
  nodeLine: string
  /** Hatching of what is not there. */
  hatch: string
  warn: { ground: string; line: string; text: string }
  note: { ground: string; line: string; text: string }
  good: string
  bad: string
  types: Record<NamespaceType, TypeColours>
}

/** Opacity of a type's colour behind its name. */
export const TAG_OPACITY = 0.12

/**
 * Hues after Okabe and Ito, darkened or lightened until lines and text have their contrast. The types a pod shares
 * (net, uts, ipc, pid, user) stay apart with red-green and blue-yellow blindness; the others are drawn in cards only.
 */
export const PALETTES: Record<Theme, Palette> = {
  light: {
    background: '#fbfcfd',
    surface: '#ffffff',
    tint: '#f1f6fb',
    quiet: '#f6f8fa',
    ink: '#1c2430',
    ink2: '#48566a',
    ink3: '#5b6675',
    cardLine: '#7f8fa0',
    sandboxLine: '#5f86ab',
    panelLine: '#728daa',
    nodeLine: '#7b8794',
    hatch: '#c3ccd6',
    warn: { ground: '#fff4dc', line: '#b87400', text: '#7d4a00' },
    note: { ground: '#e8eff7', line: '#56708a', text: '#34506b' },
    good: '#12703a',
    bad: '#a3221c',
    types: {
      cgroup: { line: '#7d7418', text: '#5f580c' },
      ipc: { line: '#00876a', text: '#006650' },
      mnt: { line: '#8c6239', text: '#704a26' },
      net: { line: '#0072b2', text: '#005d94' },
      pid: { line: '#cc5500', text: '#a04200' },
      time: { line: '#56708a', text: '#48566a' },
      user: { line: '#4b3aa8', text: '#4b3aa8' },
      uts: { line: '#b5488a', text: '#96346f' },
    },
  },
  dark: {
    background: '#0f141a',
    surface: '#171d25',
    tint: '#15202c',
    quiet: '#131920',
    ink: '#e7ecf2',
    ink2: '#b6c1ce',
    ink3: '#9aa7b6',
    cardLine: '#617084',
    sandboxLine: '#6f93b5',
    panelLine: '#577795',
    nodeLine: '#7d8b9b',
    hatch: '#3a4655',
    warn: { ground: '#33270f', line: '#d99a1c', text: '#f0c56a' },
    note: { ground: '#1c2a39', line: '#7f9cb8', text: '#b4cbe2' },
    good: '#6fcf97',
    bad: '#f08a80',
    types: {
      cgroup: { line: '#bdb65a', text: '#d0ca7c' },
      ipc: { line: '#35c49b', text: '#5fd6b3' },
      mnt: { line: '#c79a6b', text: '#d9b48c' },
      net: { line: '#56b4e9', text: '#7cc5ef' },
      pid: { line: '#ee8848', text: '#f4a472' },
      time: { line: '#8fa3b8', text: '#b6c1ce' },
      user: { line: '#9c8ff2', text: '#b5abf7' },
      uts: { line: '#e08fc0', text: '#e9abd0' },
    },
  },
  contrast: {
    background: '#ffffff',
    surface: '#ffffff',
    tint: '#f4f4f4',
    quiet: '#ffffff',
    ink: '#000000',
    ink2: '#1c1c1c',
    ink3: '#333333',
    cardLine: '#000000',
    sandboxLine: '#000000',
    panelLine: '#000000',
    nodeLine: '#404040',
    hatch: '#8a8a8a',
    warn: { ground: '#fff3cc', line: '#8a4b00', text: '#5c2e00' },
    note: { ground: '#e6eef7', line: '#1f3f66', text: '#10294a' },
    good: '#00501f',
    bad: '#8a0000',
    types: {
      cgroup: { line: '#5c5400', text: '#4a4400' },
      ipc: { line: '#006b50', text: '#005540' },
      mnt: { line: '#6b4518', text: '#5c3a12' },
      net: { line: '#005fa3', text: '#004d86' },
      pid: { line: '#a84300', text: '#8a3500' },
      time: { line: '#3b4856', text: '#333f4d' },
      user: { line: '#3222a0', text: '#2b1a8f' },
      uts: { line: '#a0307a', text: '#8a1a66' },
    },
  },
}

/** Contrast of two colours after WCAG 2.2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** The colour seen when `top` is painted over `ground` with an opacity. */
export function blend(top: string, ground: string, opacity: number): string {
  const under = channels(ground)
  return `#${channels(top)
    .map((channel, index) => Math.round(channel * opacity + (under[index] as number) * (1 - opacity)))
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`
}

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
