import { z } from 'zod/mini'
import { THEMES } from '../model/theme.ts'

/** `columns`: containers, what the pod shares, the node's, with lines between. `nested`: boxes in boxes. */
export const DRAWINGS = ['columns', 'nested'] as const
export type Drawing = (typeof DRAWINGS)[number]

/** Widths a picture can be drawn for, in pixels; a picture of very many namespaces gets wider than was wished. */
export const PICTURE_WIDTH = { least: 900, usual: 1240, most: 1400 } as const

export const pictureWidthSchema = z.int().check(z.minimum(PICTURE_WIDTH.least), z.maximum(PICTURE_WIDTH.most))

/**
 * How a pod's picture is drawn: all that may differ between two pictures of one graph. What is left out has its default;
 * an unknown key is an error.
 */
export const pictureOptionsSchema = z.strictObject({
  drawing: z._default(z.enum(DRAWINGS), 'columns'),
  theme: z._default(z.enum(THEMES), 'light'),
  width: z._default(pictureWidthSchema, PICTURE_WIDTH.usual),
  /** The pod's name above the picture. */
  title: z._default(z.boolean(), true),
  /** Status, cluster, node, runtime, versions, addresses and time; with the pod's name where there is no title. */
  caption: z._default(z.boolean(), true),
  /** How to read the picture. Findings, and what could not be seen, stand below it always. */
  legend: z._default(z.boolean(), true),
  /** The volumes that containers share, as the pod's spec mounts them, beside the namespaces. */
  files: z._default(z.boolean(), false),
  /** No ground: for a slide or page whose ground is of the theme's kind. */
  transparent: z._default(z.boolean(), false),
})
export type PictureOptions = z.infer<typeof pictureOptionsSchema>

/** The same for a whole node, of which there is one drawing, and no layer. */
export const nodePictureOptionsSchema = z.omit(pictureOptionsSchema, { drawing: true, files: true })
export type NodePictureOptions = z.infer<typeof nodePictureOptionsSchema>

/** The picture people see when they choose nothing. */
export const PICTURE_DEFAULTS: PictureOptions = pictureOptionsSchema.parse({})
