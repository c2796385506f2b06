import { type Drawing, legendScene, NAMESPACE_TYPES, type Theme } from '@pausescope/shared'
import { useMemo } from 'react'
import { PaintedScene } from '../../graph/painted-scene.tsx'
import { useText } from '../../i18n/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import styles from './legend-dialog.module.css'

/** How to read the picture, and what each type of namespace isolates. */
export default function LegendDialog({
  drawing,
  theme,
  onClose,
}: {
  drawing: Drawing
  theme: Theme
  onClose: () => void
}) {
  const t = useText()
  const scene = useMemo(() => legendScene(drawing, theme, t.drawn), [drawing, theme, t])
  return (
    <Dialog
      wide
      title={t.legend.title}
      onClose={onClose}
      actions={
        <Button look="solid" onClick={onClose}>
          {t.legend.close}
        </Button>
      }
    >
      <svg
        className={styles.samples}
        role="img"
        aria-label={scene.title}
        viewBox={`0 0 ${scene.width} ${scene.height}`}
      >
        <PaintedScene scene={scene} />
      </svg>
      <ul className={styles.hints}>
        {t.legend.hints.map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ul>
      <h3 className={styles.heading}>{t.legend.types}</h3>
      <dl className={styles.types}>
        {NAMESPACE_TYPES.map((type) => (
          <div key={type}>
            <dt>{type}</dt>
            <dd>
              {t.types[type].isolates}
              <code>{t.types[type].see}</code>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
