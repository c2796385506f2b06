import { english, type Told } from '@pausescope/shared'
import type { HelperState } from '../helper-manager.ts'
import type { HelperProgress } from '../helper-pod.ts'

/** A state of a helper with its sentences as they are read in English. */
export function inEnglish(state: HelperState | HelperProgress): object {
  const spoken = Object.entries(state as Record<string, unknown>).map(([name, value]) => {
    const isSentence = (name === 'detail' || name === 'next') && value !== null
    return [name, isSentence ? english(value as Told) : value] as const
  })
  return Object.fromEntries(spoken)
}
