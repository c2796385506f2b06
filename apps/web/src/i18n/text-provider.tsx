import { type ReactNode, useEffect, useState } from 'react'
import { en } from './en.ts'
import { type Language, loadCatalogue } from './languages.ts'
import { TextContext } from './text-context.ts'

/** The page in one language. It is drawn when its texts are there; while another one loads, the last stays. */
export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  const [texts, setTexts] = useState(language === 'en' ? en : null)
  useEffect(() => {
    let wanted = true
    loadCatalogue(language).then(
      (loaded) => wanted && setTexts(loaded),
      // The server is away or has a newer page: better in English than nothing.
      () => wanted && setTexts((last) => last ?? en),
    )
    return () => {
      wanted = false
    }
  }, [language])
  useEffect(() => {
    if (texts) document.documentElement.lang = texts.language
  }, [texts])
  return texts && <TextContext value={texts}>{children}</TextContext>
}
