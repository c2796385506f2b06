import { useText } from '../../i18n/use-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { formatInstant, formatTime } from '../../ui/instant.ts'
import { MOST_MOMENTS, type TimelineOf } from './timeline-of.ts'
import styles from './timeline-panel.module.css'

/** All moments, the newest first, each with what changed; below them how many are kept. */
export default function TimelinePanel({
  timeline: { moments, index, dropped, live, toldAt },
  onGo,
  onCompare,
}: {
  timeline: TimelineOf
  onGo: (index: number) => void
  onCompare: (index: number) => void
}) {
  const t = useText()
  return (
    <section className={styles.panel} aria-label={t.timeline.moments(moments.length)}>
      <ol className={styles.moments} reversed>
        {moments
          .map((moment, place) => (
            <li key={moment.number} className={styles.moment}>
              <button
                type="button"
                className={styles.go}
                aria-current={place === index || undefined}
                title={formatInstant(moment.at, 'second')}
                onClick={() => onGo(place)}
              >
                <time dateTime={moment.at}>{formatTime(moment.at)}</time>
                <span>
                  {linesOf(moment.caption, toldAt(place) ?? [t.timeline.first]).map((line) => (
                    <span key={line} className={styles.line}>
                      {line}{' '}
                    </span>
                  ))}
                </span>
              </button>
              {place !== index && moment.observation && (
                <IconButton
                  icon="compare"
                  label={`${t.timeline.compare}: ${formatTime(moment.at)}`}
                  onClick={() => onCompare(place)}
                />
              )}
            </li>
          ))
          .reverse()}
      </ol>
      {live && (
        <p className={styles.bound}>
          {dropped > 0 && <strong>{t.timeline.dropped(dropped)} </strong>}
          {t.timeline.bound(MOST_MOMENTS)}
        </p>
      )}
    </section>
  )
}

/** What a person said of a moment, then what changed; of a session that was saved these are the same. */
function linesOf(caption: string | null, told: readonly string[]): readonly string[] {
  return caption === null || caption === told.join(' ') ? told : [caption, ...told]
}
