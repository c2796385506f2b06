import { DRAWINGS, EXPORT_DEFAULTS, type ExportOptions, THEMES } from '@pausescope/shared'
import { useEffect, useMemo, useState } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { download } from '../../ui/download.ts'
import { Choice } from './choice.tsx'
import styles from './export-dialog.module.css'
import { type Exportable, exported } from './exported.ts'
import { fitsCanvas, SCALES, type Scale, toPng } from './to-png.ts'

/** A whole node is a list of other people's pods: redacted, nothing of it would be left. */
const SWITCHES = {
  pod: ['title', 'caption', 'legend', 'files', 'transparent', 'embed', 'redact'],
  node: ['title', 'caption', 'legend', 'transparent', 'embed'],
} as const

/** A picture to be given away, as it will be: chosen, seen, then saved or copied. */
export default function ExportDialog({
  subject,
  seen,
  version,
  onClose,
}: {
  subject: Exportable
  /** How the page shows it now. */
  seen: Pick<ExportOptions, 'theme' | 'language' | 'width'> & Partial<Pick<ExportOptions, 'drawing' | 'files'>>
  /** Of Pausescope. */
  version: string
  onClose: () => void
}) {
  const t = useText()
  const [options, setOptions] = useState<ExportOptions>({ ...EXPORT_DEFAULTS, embed: true, ...seen })
  const [scale, setScale] = useState<Scale>(2)
  const [said, setSaid] = useState<'saved' | 'copied' | 'failed' | null>(null)
  const change = (patch: Partial<ExportOptions>) => {
    setSaid(null)
    setOptions((last) => ({ ...last, ...patch }))
  }

  const before = subject.kind === 'pod' ? subject.before : null
  const [marked, setMarked] = useState(true)
  const picture = useMemo(() => {
    const chosen = marked || subject.kind !== 'pod' ? subject : { ...subject, before: null }
    return exported(chosen, options, version)
  }, [subject, marked, options, version])
  const { file, size, svg } = picture
  const preview = useObjectUrl(svg)
  const fits = fitsCanvas(size, scale)

  // The recording goes into the PNG's own metadata: what is painted needs none.
  const png = () => toPng(picture.bare, size, scale, options.embed ? picture.recording : null)
  const savePng = () =>
    png().then(
      (blob) => {
        download(`${file}.png`, blob)
        setSaid('saved')
      },
      () => setSaid('failed'),
    )
  const copyPng = () =>
    // The promise itself: a browser that waits for it keeps the permission that the press gave.
    navigator.clipboard.write([new ClipboardItem({ 'image/png': png() })]).then(
      () => setSaid('copied'),
      () => setSaid('failed'),
    )
  const saveSvg = () => {
    download(`${file}.svg`, new Blob([svg], { type: 'image/svg+xml' }))
    setSaid('saved')
  }

  return (
    <Dialog
      title={t.export.title[subject.kind](picture.name)}
      wide
      onClose={onClose}
      actions={
        <>
          <p role="status" className={styles.said}>
            {said ? t.export.said[said] : fits ? '' : t.export.tooLarge}
          </p>
          <Button icon="copy" disabled={!fits} onClick={copyPng}>
            {t.export.copyPicture}
          </Button>
          <Button icon="save" disabled={!fits} onClick={savePng}>
            {t.export.savePng}
          </Button>
          <Button icon="save" look="solid" onClick={saveSvg}>
            {t.export.saveSvg}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.preview} data-transparent={options.transparent || undefined} data-theme={options.theme}>
          {preview && <img src={preview} alt={t.export.preview} />}
        </div>
        <div className={styles.options}>
          {subject.kind === 'pod' && (
            <Choice
              label={t.export.drawing}
              value={options.drawing}
              all={DRAWINGS}
              spell={(one) => t.export.drawings[one]}
              onChange={(drawing) => change({ drawing })}
            />
          )}
          <Choice
            label={t.tools.theme}
            value={options.theme}
            all={THEMES}
            spell={(one) => t.tools.themes[one]}
            onChange={(theme) => change({ theme })}
          />
          <Choice
            label={t.export.scale}
            value={scale}
            all={SCALES}
            spell={(one) => `${one}×`}
            onChange={(one) => {
              setSaid(null)
              setScale(one)
            }}
          />
          <fieldset className={styles.switches}>
            <legend>{t.export.contents}</legend>
            {SWITCHES[subject.kind].map((key) => (
              <label key={key}>
                <input
                  type="checkbox"
                  checked={options[key]}
                  onChange={(event) => change({ [key]: event.target.checked })}
                />
                <span>
                  {t.export.switches[key].name}
                  <small>{t.export.switches[key].hint}</small>
                </span>
              </label>
            ))}
            {before && (
              <label>
                <input type="checkbox" checked={marked} onChange={(event) => setMarked(event.target.checked)} />
                <span>
                  {t.export.fresh.name}
                  <small>{t.export.fresh.hint}</small>
                </span>
              </label>
            )}
          </fieldset>
          <fieldset className={styles.texts}>
            <legend>{t.export.texts}</legend>
            {Object.entries(picture.texts).map(([format, text]) => (
              <CopyButton key={format} text={text} label={format} spelled />
            ))}
          </fieldset>
        </div>
      </div>
    </Dialog>
  )
}

/** An address for a picture as long as it is shown. */
function useObjectUrl(svg: string): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [svg])
  return url
}
