import type { FilesKind, FilesPlace } from '@pausescope/shared'
import type { InsideText } from '../../i18n/use-inside-text.ts'

/** What kind of files it is. */
export function kindText(t: InsideText, kind: FilesKind): string {
  return { ...t.drawn.volumes, ...t.files.kinds }[kind]
}

/** Whether it can be written and how mounts propagate, as measured; else as the spec has it, and that it is no more. */
export function accessText(t: InsideText, { mount, known, readOnly, declared, propagation }: FilesPlace): string {
  const spell = (only: boolean) => (only ? t.files.readOnly : t.files.writable)
  if (mount === null && declared) {
    return known ? spell(declared.readOnly ?? false) : `${spell(declared.readOnly ?? false)}, ${t.files.notMeasured}`
  }
  const parts = [readOnly !== null && spell(readOnly), propagation && t.files.propagation[propagation]]
  return parts.filter((part) => typeof part === 'string').join(', ')
}
