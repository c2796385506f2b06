import { z } from 'zod/mini'
import { EXPORT_DEFAULTS, type ExportOptions, exportOptionsSchema } from './export-svg.ts'
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
const pictureQuerySchema = z.strictObject({
  drawing,
  theme,
  language,
  width: z._default(z.pipe(digits, z.pipe(z.transform(Number), pictureWidthSchema)), EXPORT_DEFAULTS.width),
  title: z._default(onOff, EXPORT_DEFAULTS.title),
  caption: z._default(onOff, EXPORT_DEFAULTS.caption),
  legend: z._default(onOff, EXPORT_DEFAULTS.legend),
  transparent: z._default(onOff, EXPORT_DEFAULTS.transparent),
  redact: z._default(onOff, EXPORT_DEFAULTS.redact),
  embed: z._default(onOff, EXPORT_DEFAULTS.embed),
})

/**
 * Reads a picture's options from the parts of an address.
 * @returns the options, or one sentence on what is wrong and what would be right.
 */
export function parsePictureQuery(query: Readonly<Record<string, unknown>>): ExportOptions | { error: string } {
  const result = pictureQuerySchema.safeParse(query)
  return result.success ? result.data : { error: explain(result.error.issues[0] as z.core.$ZodIssue, query) }
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

function explain(issue: z.core.$ZodIssue, query: Readonly<Record<string, unknown>>): string {
  const shown = (text: unknown) => JSON.stringify(String(text).slice(0, 40))
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(EXPORT_DEFAULTS).join(', ')
    return `A picture has no option ${issue.keys.map(shown).join(', ')}; it has ${known}.`
  }
  const name = String(issue.path[0])
  let wanted = `a whole number from ${PICTURE_WIDTH.least} to ${PICTURE_WIDTH.most}`
  if (issue.code === 'invalid_value') {
    const isSwitch = issue.values.includes('off')
    wanted = `one of ${(isSwitch ? ['on', 'off'] : issue.values).join(', ')}`
  }
  return `The option ${name} is ${wanted}, not ${shown(query[name])}.`
}
