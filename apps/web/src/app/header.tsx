import type { Source } from '@pausescope/shared'
import { RecordingsMenu } from '../features/recordings/recordings-menu.tsx'
import { ContextMenu } from '../features/source/context-menu.tsx'
import { SourceBadge } from '../features/source/source-badge.tsx'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../i18n/languages.ts'
import { useText } from '../i18n/use-text.ts'
import { IconButton } from '../ui/button.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { navigate } from '../url/use-view-state.ts'
import { THEME_CHOICES, type ThemeChoice } from '../url/view-state.ts'
import styles from './header.module.css'
import { fileNameOf } from './recording-id.ts'
import type { Playing } from './use-subject.ts'

const BROWSER = 'browser'

/** Name, where the data comes from, and what concerns the whole page. */
export function Header({
  source,
  live,
  playing,
  pod,
  theme,
  language,
  listShown,
  onList,
  onLegend,
  onFile,
  onContext,
}: {
  source: Source | null
  live: boolean
  playing: Playing | null
  /** `namespace/name` of the shown pod. */
  pod: string | null
  theme: ThemeChoice
  language: Language | null
  listShown: boolean
  onList: () => void
  onLegend: () => void
  onFile: (file: File) => void
  onContext: (context: string) => void
}) {
  const t = useText()
  const { observations = [], nodes = [] } = playing?.frame ?? {}
  const captured =
    observations.find((one) => `${one.pod.namespace}/${one.pod.name}` === pod) ?? observations[0] ?? nodes[0] ?? null
  return (
    <header className={styles.header}>
      <IconButton
        icon="side"
        label={listShown ? t.app.hidePods : t.app.showPods}
        aria-expanded={listShown}
        onClick={onList}
      />
      <p className={styles.name}>
        <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width="22" height="22" />
        <span>{t.app.name}</span>
      </p>
      <div className={styles.source}>
        <SourceBadge source={source} live={live} captured={captured} />
      </div>
      <nav className={styles.tools} aria-label={t.tools.label}>
        <ContextMenu source={source} onChoose={onContext} />
        <RecordingsMenu
          playing={playing?.id ?? null}
          fileName={fileNameOf(playing?.id ?? null)}
          canGoLive={source?.mode === 'live' && !live}
          onPlay={(recording) => navigate({ recording, frame: 0, pod: null, node: null, selection: null, search: '' })}
          onFile={onFile}
        />
        <IconButton icon="info" label={t.legend.title} aria-keyshortcuts="I" onClick={onLegend} />
        <MenuButton
          label={t.tools.theme}
          icon="theme"
          parts={[
            {
              id: 'theme',
              selected: theme,
              items: THEME_CHOICES.map((choice) => ({ id: choice, text: t.tools.themes[choice] })),
            },
          ]}
          onAction={(choice) => navigate({ theme: choice as ThemeChoice }, 'replace')}
        />
        <MenuButton
          label={t.tools.language}
          icon="language"
          parts={[
            {
              id: 'language',
              selected: language ?? BROWSER,
              items: [
                { id: BROWSER, text: t.tools.browserLanguage },
                ...LANGUAGES.map((one) => ({ id: one, text: LANGUAGE_NAMES[one] })),
              ],
            },
          ]}
          onAction={(choice) => navigate({ language: choice === BROWSER ? null : (choice as Language) }, 'replace')}
        />
      </nav>
    </header>
  )
}
