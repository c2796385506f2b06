import { plural } from './words.ts'

/** What is live: how fresh it is, and what changed in it. */
export const live = {
  live: {
    label: 'Live',
    every: 'Scan every',
    everySeconds: (seconds: number) => `${seconds} s`,
    off: 'Off',
    pause: 'Pause',
    resume: 'Go on',
    states: {
      live: 'Live',
      paused: 'Paused',
      off: 'Not live',
      connecting: 'Connecting',
      reconnecting: 'Reconnecting',
      stale: 'Stale',
      unread: 'Not read yet',
    },
    retryIn: (seconds: number) => `again in ${seconds} s`,
    since: (at: string) => `since ${at}`,
    lost: 'The connection to Pausescope’s server was lost.',
    lastSeen: (at: string) => `What you see is of ${at}.`,
  },
  timeline: {
    label: 'What changed',
    open: 'Show all moments',
    close: 'Hide the moments',
    toggle: 'Show or hide all moments',
    moments: (count: number) => plural(count, 'moment'),
    start: (at: string) => `Watched since ${at}.`,
    first: 'The first moment.',
    toNow: 'Back to now',
    past: 'You see an earlier moment.',
    compare: 'Compare with the shown moment',
    bound: (most: number) => `The last ${most} moments are kept, fewer of pods with very many processes.`,
    dropped: (count: number) => `${plural(count, 'older moment')} fell off.`,
    save: (count: number) => `Session, ${plural(count, 'moment')} (.json)`,
    savedTitle: (pod: string) => `Session of ${pod}`,
    gone: 'This moment is no longer in the session',
    goneNext: 'A session lives in the page that watched it: save it to keep it.',
  },
}

export type LiveTexts = typeof live
