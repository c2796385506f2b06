import { useText } from '../i18n/use-text.ts'
import { Icon } from '../ui/icon.tsx'
import { navigate } from '../url/use-view-state.ts'
import type { View } from '../url/view-state.ts'
import styles from './stage.module.css'

/** How to show it: as one of `views`. */
export function ViewSwitch({ view, views }: { view: View; views: readonly View[] }) {
  const t = useText()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className={styles.views} role="group" aria-label={t.view.label}>
      {views.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === view}
          aria-label={t.view[one]}
          onClick={() => navigate({ view: one })}
        >
          <Icon name={one} />
          <span>{t.view[one]}</span>
        </button>
      ))}
    </div>
  )
}
