import type { ReactNode } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatInstant, formatTime } from '../../ui/instant.ts'
import { navigate } from '../../url/use-view-state.ts'
import styles from './moment-strip.module.css'
import type { TimelineOf } from './timeline-of.ts'

/** Which moment is shown, what is said about it, and the way to its neighbours; before all that, how fresh it is. */
export function MomentStrip({
  timeline: { moments, index, past, live, toldAt },
  title,
  open,
  onGo,
  children,
}: {
  timeline: TimelineOf
  /** Of a recording: said of a moment of which there is nothing else to say. */
  title: string
  /** Whether all moments are listed; null: there is no list. */
  open: boolean | null
  onGo: (index: number) => void
  children?: ReactNode
}) {
  const t = useText()
  const moment = moments[index]
  const start = live && moment ? t.timeline.start(formatTime(moment.at)) : title
  const told = moment?.caption ?? toldAt(index)?.join(' ') ?? start
  return (
    <section
      className={past ? `${styles.strip} ${styles.past}` : styles.strip}
      aria-label={live ? t.timeline.label : t.recording.frames}
    >
      {children}
      {(live ? moments.length > 0 : moments.length > 1) && (
        <div className={styles.steps}>
          <IconButton icon="left" label={t.recording.previous} disabled={index === 0} onClick={() => onGo(index - 1)} />
          <span className={styles.count}>{t.recording.frame(index + 1, moments.length)}</span>
          <IconButton
            icon="right"
            label={t.recording.next}
            disabled={index === moments.length - 1}
            onClick={() => onGo(index + 1)}
          />
        </div>
      )}
      <p className={styles.told} title={told} aria-live="polite">
        {past && <strong>{t.timeline.past} </strong>}
        {told}
      </p>
      {moment && (
        <time className={styles.time} dateTime={moment.at}>
          {formatInstant(moment.at, 'second')}
        </time>
      )}
      {past && <Button onClick={() => onGo(moments.length - 1)}>{t.timeline.toNow}</Button>}
      {open !== null && (
        <IconButton
          icon="moments"
          label={open ? t.timeline.close : t.timeline.open}
          aria-expanded={open}
          onClick={() => navigate({ timeline: !open }, 'replace')}
        />
      )}
    </section>
  )
}
