import type { Recording } from '@pausescope/shared'
import { useText } from '../../i18n/use-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { formatInstant } from '../../ui/instant.ts'
import styles from './frame-stepper.module.css'

/** Which moment of a recording is shown, what is said about it, and the way to its neighbours. */
export function FrameStepper({
  recording,
  index,
  onGo,
}: {
  recording: Recording
  index: number
  onGo: (index: number) => void
}) {
  const t = useText()
  const { frames } = recording
  const frame = frames[index]
  if (!frame || (frames.length === 1 && !frame.caption)) return null
  return (
    <section className={styles.stepper} aria-label={t.recording.frames}>
      {frames.length > 1 && (
        <div className={styles.steps}>
          <IconButton icon="left" label={t.recording.previous} disabled={index === 0} onClick={() => onGo(index - 1)} />
          <span className={styles.count}>{t.recording.frame(index + 1, frames.length)}</span>
          <IconButton
            icon="right"
            label={t.recording.next}
            disabled={index === frames.length - 1}
            onClick={() => onGo(index + 1)}
          />
        </div>
      )}
      <p className={styles.caption} aria-live="polite">
        {frame.caption ?? recording.title}
      </p>
      <time className={styles.time} dateTime={frame.at}>
        {formatInstant(frame.at, 'second')}
      </time>
    </section>
  )
}
