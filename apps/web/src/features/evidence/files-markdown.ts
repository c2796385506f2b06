import { markdownTable, type SharedFiles } from '@pausescope/shared'
import type { InsideText } from '../../i18n/use-inside-text.ts'
import { accessText, kindText } from './files-words.ts'

/** Volumes by container, as a Markdown table. */
export function filesMarkdown(t: InsideText, files: readonly SharedFiles[]): string {
  const { volume, container, path, access } = t.files.columns
  const rows = files.flatMap(({ name, kind, places }) =>
    places.map((place) => [
      `${name} (${kindText(t, kind)})`,
      place.container.name,
      place.path,
      [accessText(t, place), ...place.differences.map((one) => t.files.differences[one])].join(', '),
    ]),
  )
  return markdownTable([volume, container, path, access], rows)
}
