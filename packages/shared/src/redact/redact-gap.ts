import type { Told } from '../model/told.ts'
import { mapTold } from '../told/tell.ts'
import type { Redactor } from './redactor.ts'

/** Something that could not be told, in English and without a language. */
export function redactGap<G extends { detail: string; told?: Told | undefined }>(gap: G, redactor: Redactor): G {
  const { detail, told } = gap
  return { ...gap, detail: redactor.text(detail), ...(told ? { told: mapTold(told, redactor.text) } : {}) }
}
