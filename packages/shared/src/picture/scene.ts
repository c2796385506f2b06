/**
 * A picture as plain shapes: what the page, the server's SVG and the command line all paint.
 * Units are CSS pixels; all paint is in attributes, so that an export is what was seen.
 */
export type Scene = {
  width: number
  height: number
  /** Null: none, what is below shows through. */
  background: string | null
  title: string
  /** The whole picture in words, for assistive technology and the SVG's <desc>. */
  description: string
  children: readonly SceneNode[]
}

export type SceneNode = SceneGroup | SceneRect | ScenePath | SceneText | SceneCircle

/** Shapes that belong together. With a `ref` it is something a person can point at. */
export type SceneGroup = {
  kind: 'group'
  ref: SceneRef | null
  /** Accessible name when it has a ref. */
  label: string | null
  children: readonly SceneNode[]
}

/** What a group stands for, by the keys of the PodGraph or, of a node's picture, of the NodeGraph. */
export type SceneRef =
  | { kind: 'container'; key: string }
  | { kind: 'namespace'; key: string }
  | { kind: 'link'; container: string; namespace: string }
  | { kind: 'pod'; key: string }

export type ScenePaint = {
  fill?: string
  fillOpacity?: number
  stroke?: string
  strokeWidth?: number
  strokeOpacity?: number
  dash?: string
}

export type SceneRect = ScenePaint & {
  kind: 'rect'
  x: number
  y: number
  width: number
  height: number
  rx: number
}
export type ScenePath = ScenePaint & { kind: 'path'; d: string }
export type SceneCircle = ScenePaint & { kind: 'circle'; cx: number; cy: number; r: number }
export type SceneText = {
  kind: 'text'
  x: number
  y: number
  text: string
  size: number
  weight: number
  fill: string
  family: 'sans' | 'mono'
  anchor: 'start' | 'middle' | 'end'
  /** The whole text when `text` was shortened to fit: painted as a <title>. */
  full?: string
}
