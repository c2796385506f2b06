import type { Finding, Gap, SceneRef } from '@pausescope/shared'
import { useId, useState } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './findings.module.css'

/**
 * Where node and spec differ, and what could not be read; nothing when there is nothing to say. One line until the person
 * asks for all. Findings have the numbers that the picture marks them with.
 */
export function Findings({
  findings,
  gaps,
  refOf,
  onShow,
}: {
  findings: readonly Finding[]
  gaps: readonly Gap[]
  /** What a finding's key names in the picture; null when it is not drawn. */
  refOf: (key: string) => SceneRef | null
  onShow: (ref: SceneRef) => void
}) {
  const t = useText()
  const listId = useId()
  const [open, setOpen] = useState(false)
  if (findings.length + gaps.length === 0) return null
  const warnings = findings.filter(({ severity }) => severity === 'warning').length
  const lead = findings.find(({ severity }) => severity === 'warning') ?? findings[0]
  return (
    <section className={styles.findings} aria-label={t.findings.label}>
      <button
        type="button"
        className={styles.summary}
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'down' : 'right'} size={14} />
        <Counts warnings={warnings} notes={findings.length - warnings} gaps={gaps.length} />
        {!open && <span className={styles.lead}>{lead?.text ?? gaps[0]?.detail}</span>}
      </button>
      <ul id={listId} className={styles.list} hidden={!open}>
        {findings.map((finding, index) => {
          const ref = finding.about.map(refOf).find((one) => one !== null)
          return (
            <li key={`${finding.code} ${finding.about.join(' ')} ${finding.text}`}>
              <span className={`${styles.number} ${styles[finding.severity]}`}>{index + 1}</span>
              <p>
                <span className="visually-hidden">{t.findings.severity[finding.severity]} </span>
                {finding.text}
              </p>
              {ref && (
                <Button look="plain" aria-label={`${t.findings.show}: ${finding.text}`} onClick={() => onShow(ref)}>
                  {t.findings.show}
                </Button>
              )}
            </li>
          )
        })}
        {gaps.map((gap) => (
          <li key={`${gap.code} ${gap.detail}`}>
            <span className={`${styles.number} ${styles.gap}`}>?</span>
            <p>
              <span className="visually-hidden">{t.findings.gap} </span>
              {gap.detail}
              {gap.count > 1 && ` (${t.findings.gapCount(gap.count)})`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Counts({ warnings, notes, gaps }: { warnings: number; notes: number; gaps: number }) {
  const t = useText()
  const counts = [
    { kind: 'warning', count: warnings, icon: 'alert' },
    { kind: 'note', count: notes, icon: 'info' },
    { kind: 'gap', count: gaps, icon: 'gap' },
  ] as const
  return counts
    .filter(({ count }) => count > 0)
    .map(({ kind, count, icon }) => (
      <span key={kind} className={`${styles.count} ${styles[kind]}`}>
        <Icon name={icon} />
        {t.findings.counts[kind](count)}
      </span>
    ))
}
