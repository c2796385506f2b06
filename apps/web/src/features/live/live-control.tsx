import { LIVE_INTERVALS } from '@pausescope/shared'
import { useEffect, useState } from 'react'
import type { LiveState } from '../../api/live-state.ts'
import type { Catalogue } from '../../i18n/en.ts'
import { useText } from '../../i18n/use-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { formatInstant, formatTime } from '../../ui/instant.ts'
import { MenuButton } from '../../ui/menu-button.tsx'
import { navigate } from '../../url/use-view-state.ts'
import type { Every } from '../../url/view-state.ts'
import styles from './live-control.module.css'

/** How fresh what is shown is, how often it is scanned, and the button that makes it stand still. */
export function LiveControl({ state, every, paused }: { state: LiveState; every: Every; paused: boolean }) {
  const t = useText()
  const spell = (choice: Every) => (choice === 'off' ? t.live.off : t.live.everySeconds(choice))
  const choices: readonly Every[] = ['off', ...LIVE_INTERVALS]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className={styles.control} role="group" aria-label={t.live.label}>
      <p className={`${styles.state} ${styles[state.kind]}`} title={causeOf(state, t)}>
        {/* Told once when it becomes so, not with each second of a countdown. */}
        <strong role="status">{t.live.states[state.kind]}</strong>
        <Detail state={state} />
      </p>
      <MenuButton
        label={`${t.live.every}: ${spell(every)}`}
        text={spell(every)}
        icon="clock"
        parts={[
          {
            id: 'every',
            heading: t.live.every,
            selected: String(every),
            items: choices.map((choice) => ({ id: String(choice), text: spell(choice) })),
          },
        ]}
        onAction={(id) =>
          navigate({ every: choices.find((choice) => String(choice) === id) ?? 'off', paused: false }, 'replace')
        }
      />
      <IconButton
        icon={paused ? 'play' : 'pause'}
        label={paused ? t.live.resume : t.live.pause}
        aria-keyshortcuts="K"
        disabled={every === 'off'}
        onClick={() => navigate({ paused: !paused }, 'replace')}
      />
    </div>
  )
}

function Detail({ state }: { state: LiveState }) {
  const t = useText()
  const seconds = useCountdown(state.kind === 'reconnecting' ? state.retryAt : null)
  const text =
    state.kind === 'reconnecting' && seconds !== null
      ? t.live.retryIn(seconds)
      : state.kind === 'stale'
        ? t.live.since(formatTime(state.since))
        : null
  return text && <span>{text}</span>
}

/** Whole seconds from now until then, as they run out; null for no time. */
function useCountdown(until: number | null): number | null {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (until === null) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [until])
  return until === null ? null : Math.max(0, Math.ceil((until - now) / 1000))
}

function causeOf(state: LiveState, t: Catalogue): string | undefined {
  if (!('problem' in state)) return undefined
  const cause = state.problem ? t.tell(state.problem.told?.message, state.problem.message) : t.live.lost
  const since = 'since' in state && state.since !== null ? t.live.lastSeen(formatInstant(state.since, 'second')) : ''
  return `${cause} ${since}`.trim()
}
