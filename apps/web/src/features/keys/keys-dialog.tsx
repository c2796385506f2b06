import { useText } from '../../i18n/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { type Command, spellKey } from '../../ui/command.ts'
import { Dialog } from '../../ui/dialog.tsx'
import styles from './keys-dialog.module.css'

/** Which keys do what: those of the commands, of the picture and of the presenter. */
export default function KeysDialog({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const t = useText()
  const page = commands.flatMap(({ key, text }) => (key ? [[spellKey(key), text] as const] : []))
  const parts = [
    { title: t.keys.page, keys: [...page, ['Esc', t.keys.back] as const] },
    { title: t.keys.picture, keys: t.keys.inPicture },
    { title: t.keys.presenter, keys: t.keys.inPresenter },
  ]
  return (
    <Dialog
      title={t.keys.title}
      onClose={onClose}
      actions={
        <Button look="solid" onClick={onClose}>
          {t.keys.close}
        </Button>
      }
    >
      {parts.map(({ title, keys }) => (
        <section key={title} className={styles.part}>
          <h3>{title}</h3>
          <dl className={styles.keys}>
            {keys.map(([key, text]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}
