/** A moment for people, in UTC and to the minute or second: the same text on every machine. */
export function formatInstant(iso: string, to: 'minute' | 'second' = 'minute'): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?/.exec(iso)
  if (!match) return iso
  const [, day, minutes, seconds = ''] = match
  return `${day} ${minutes}${to === 'second' ? seconds : ''} UTC`
}

/** The time of day alone, in UTC: `12:04:11`. */
export function formatTime(iso: string): string {
  return /T(\d\d:\d\d:\d\d)/.exec(iso)?.[1] ?? iso
}
