import { z } from 'zod'
import { THEMES } from '../model/theme.ts'

/** `columns`: containers, what the pod shares, the node's, with lines between. `nested`: boxes in boxes. */
export const DRAWINGS = ['columns', 'nested'] as const
export type Drawing = (typeof DRAWINGS)[number]

/** Widths a picture can be drawn for, in pixels; a picture of very many namespaces gets wider than was wished. */
export const PICTURE_WIDTH = { least: 900, usual: 1240, most: 1400 } as const

const width = z.number().int().min(PICTURE_WIDTH.least).max(PICTURE_WIDTH.most)

/**
 * How a pod's picture is drawn: all that may differ between two pictures of one graph. What is left out has its default;
 * an unknown key is an error.
 */
export const pictureOptionsSchema = z.strictObject({
  drawing: z.enum(DRAWINGS).default('columns'),
  theme: z.enum(THEMES).default('light'),
  width: width.default(PICTURE_WIDTH.usual),
  /** The pod's name above the picture. */
  title: z.boolean().default(true),
  /** Status, cluster, node, runtime, versions, addresses and time; with the pod's name where there is no title. */
  caption: z.boolean().default(true),
  /** How to read the picture. Findings, and what could not be seen, stand below it always. */
  legend: z.boolean().default(true),
  /** No ground: for a slide or page whose ground is of the theme's kind. */
  transparent: z.boolean().default(false),
})
export type PictureOptions = z.infer<typeof pictureOptionsSchema>

/** The picture people see when they choose nothing. */
export const PICTURE_DEFAULTS: PictureOptions = pictureOptionsSchema.parse({})
