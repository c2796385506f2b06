import { TextProvider } from '../i18n/text-provider.tsx'
import { useViewState } from '../url/use-view-state.ts'
import { App } from './app.tsx'
import { useLanguage } from './use-language.ts'

/** The page in the reader's language. */
export function Page() {
  const { language } = useViewState()
  return (
    <TextProvider language={useLanguage(language)}>
      <App />
    </TextProvider>
  )
}
