import { useMemo } from 'react'
import { inside as en, type InsideTexts } from './en/inside.ts'
import type { Catalogue } from './en.ts'
import { inside as ko } from './ko/inside.ts'
import type { Language } from './languages.ts'
import { useText } from './use-text.ts'

const INSIDE: Record<Language, InsideTexts> = { en, ko }

export type InsideText = Catalogue & InsideTexts

/** The texts of the page, and those of the evidence: the page is drawn before anybody asks for them. */
export function useInsideText(): InsideText {
  const t = useText()
  return useMemo(() => ({ ...t, ...INSIDE[t.language] }), [t])
}
