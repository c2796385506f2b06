import { useText } from '../i18n/use-text.ts'
import { navigate } from '../url/use-view-state.ts'
import { SIDES, type Side } from '../url/view-state.ts'
import styles from './stage.module.css'

/** Whether the list at the side is of pods or of nodes. What was searched for in one is not meant for the other. */
export function SideSwitch({ side }: { side: Side }) {
  const t = useText()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className={styles.views} role="group" aria-label={t.side.label}>
      {SIDES.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === side}
          onClick={() => one !== side && navigate({ side: one, search: '' }, 'replace')}
        >
          {t.side[one]}
        </button>
      ))}
    </div>
  )
}
