import type { Gap } from '../model/node-scan.ts'
import type { Told } from '../model/told.ts'
import { english } from '../told/sentences.ts'

/** Something that could not be told, in a sentence that can be said in each language. */
export function gapOf(code: Gap['code'], count: number, told: Told, pids?: number[]): Gap {
  return { code, detail: english(told), told, count, ...(pids ? { pids } : {}) }
}
