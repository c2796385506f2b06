import { z } from 'zod/mini'
import { EXPORT_DEFAULTS, type ExportOptions, exportOptionsSchema, type NodeExportOptions } from './export-svg.ts'
import { PICTURE_WIDTH, pictureWidthSchema } from './picture-options.ts'

const { drawing, theme, language } = exportOptionsSchema.shape

const ON = ['1', 'true', 'on', 'yes']
const OFF = ['0', 'false', 'off', 'no']
const onOff = z.pipe(
  z.enum([...ON, ...OFF]),
  z.transform((text) => ON.includes(text)),
)
const digits = z.string().check(z.regex(/^\d{1,5}$/))

/** The options of a picture as they stand in an address: each of them text, each may be left out. */
export const pictureQuerySchema = z.strictObject({
  drawing,
  theme,
  language,
  width: z._default(z.pipe(digits, z.pipe(z.transform(Number), pictureWidthSchema)), EXPORT_DEFAULTS.width),
  title: z._default(onOff, EXPORT_DEFAULTS.title),
  caption: z._default(onOff, EXPORT_DEFAULTS.caption),
  legend: z._default(onOff, EXPORT_DEFAULTS.legend),
  files: z._default(onOff, EXPORT_DEFAULTS.files),
  transparent: z._default(onOff, EXPORT_DEFAULTS.transparent),
  redact: z._default(onOff, EXPORT_DEFAULTS.redact),
  embed: z._default(onOff, EXPORT_DEFAULTS.embed),
})

/** The same of a whole node. */
export const nodePictureQuerySchema = z.omit(pictureQuerySchema, { drawing: true, files: true, redact: true })

type Query = Readonly<Record<string, unknown>>

/**
 * Reads a picture's options from the parts of an address.
 * @returns the options, or one sentence on what is wrong and what would be right.
 */
export function parsePictureQuery(query: Query): ExportOptions | { error: string } {
  const result = pictureQuerySchema.safeParse(query)
  return result.success ? result.data : { error: explain(result.error, query, pictureQuerySchema) }
}

/** The same of a whole node's picture. */
export function parseNodePictureQuery(query: Query): NodeExportOptions | { error: string } {
  const result = nodePictureQuerySchema.safeParse(query)
  return result.success ? result.data : { error: explain(result.error, query, nodePictureQuerySchema) }
}

/** `drawing=nested&theme=dark`: what differs from the defaults, in a fixed order; empty for the usual picture. */
export function pictureQuery(options: Partial<ExportOptions>): string {
  return Object.entries(EXPORT_DEFAULTS)
    .flatMap(([key, usual]) => {
      const value = options[key as keyof ExportOptions]
      return value === undefined || value === usual ? [] : [`${key}=${typeof value === 'boolean' ? +value : value}`]
    })
    .join('&')
}

function explain({ issues }: z.core.$ZodError, query: Query, { shape }: { shape: object }): string {
  const issue = issues[0] as z.core.$ZodIssue
  const shown = (text: unknown) => JSON.stringify(String(text).slice(0, 40))
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(shape).join(', ')
    return `This picture has no option ${issue.keys.map(shown).join(', ')}; it has ${known}.`
  }
  const name = String(issue.path[0])
  let wanted = `a whole number from ${PICTURE_WIDTH.least} to ${PICTURE_WIDTH.most}`
  if (issue.code === 'invalid_value') {
    const isSwitch = issue.values.includes('off')
    wanted = `one of ${(isSwitch ? ['on', 'off'] : issue.values).join(', ')}`
  }
  return `The option ${name} is ${wanted}, not ${shown(query[name])}.`
}
