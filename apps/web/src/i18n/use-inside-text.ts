import { useMemo } from 'react'
import { type EvidenceTexts, evidence as evidenceEn } from './en/evidence.ts'
import { type InsideTexts, inside as insideEn } from './en/inside.ts'
import type { Catalogue } from './en.ts'
import { evidence as evidenceKo } from './ko/evidence.ts'
import { inside as insideKo } from './ko/inside.ts'
import type { Language } from './languages.ts'
import { useText } from './use-text.ts'

type Inside = InsideTexts & EvidenceTexts

const INSIDE: Record<Language, Inside> = {
  en: { ...insideEn, ...evidenceEn },
  ko: { ...insideKo, ...evidenceKo },
}

export type InsideText = Catalogue & Inside

/** The texts of the page, and those of details, evidence, a node's tables and the presenter: the page is drawn before anybody asks for them. */
export function useInsideText(): InsideText {
  const t = useText()
  return useMemo(() => ({ ...t, ...INSIDE[t.language] }), [t])
}
