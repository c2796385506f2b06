import { useText } from '../i18n/use-text.ts'
import { Icon } from '../ui/icon.tsx'
import { navigate } from '../url/use-view-state.ts'
import { VIEWS, type View } from '../url/view-state.ts'
import styles from './stage.module.css'

export function ViewSwitch({ view }: { view: View }) {
  const t = useText()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className={styles.views} role="group" aria-label={t.view.label}>
      {VIEWS.map((one) => (
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
