/** Line icons on a 16 by 16 grid, drawn with the colour of the text beside them. */
const PATHS = {
  check: 'M3 8.5 6.5 12 13 4.5',
  clock: 'M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  cross: 'm4 4 8 8M12 4l-8 8',
  alert: 'M8 6v3.5M8 11.8v.2M8 2 14.5 13.5h-13Z',
  stop: 'M8 5v4M8 11v.2M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  running: 'M8 5.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 1 0 0-5.2ZM14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  done: 'm5.5 8 2 2 3.5-4M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  ending: 'M5 8h6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  info: 'M8 7.5V11M8 5v.2M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  search: 'm13.5 13.5-3.4-3.4M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0Z',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  refresh: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 1.8v2.7h-2.7',
  film: 'M2.5 3.5h11v9h-11ZM5.5 3.5v9M10.5 3.5v9M2.5 8h11',
  folder: 'M2 4.5v8h12v-7H8L6.5 3.5H2Z',
  picture: 'M2.5 3.5h11v9h-11ZM2.5 11l3.2-3.4 2.6 2.6 1.8-1.7 3.4 3M10.5 6.2v.1',
  boxes: 'M2 2.5h12v11H2ZM4 5.5h4v5.5H4ZM9.5 5.5h2.5v5.5H9.5Z',
  table: 'M2.5 3.5h11v9h-11ZM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9',
  gap: 'M5.9 6a2.1 2.1 0 1 1 3 1.9c-.6.3-.9.7-.9 1.3v.3M8 11.6v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  save: 'M8 2.5v7M5 6.8l3 3 3-3M2.5 12.8h11',
  theme: 'M8 2a6 6 0 1 0 0 12ZM8 2a6 6 0 0 1 0 12',
  language: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM2 8h12M8 2c2.4 2 2.4 10 0 12M8 2c-2.4 2-2.4 10 0 12',
  present: 'M2 3h12v7.5H2ZM8 10.5V13M5.5 13.5h5M6.8 5v3.5l3-1.75Z',
  full: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M5.5 5.5h5v5h-5Z',
  compare: 'M2.5 3h4v10h-4ZM9.5 3h4v10h-4ZM4.5 6v.1M11.5 6v.1',
  node: 'M2.5 3h11v4h-11ZM2.5 9h11v4h-11ZM5 5v.1M5 11v.1',
  cluster: 'M8 1.8 13.5 5v6L8 14.2 2.5 11V5ZM8 5.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 1 0 0-5.2Z',
  list: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  side: 'M2.5 3h11v10h-11ZM6.2 3v10',
  left: 'M10 3 5 8l5 5',
  right: 'm6 3 5 5-5 5',
  down: 'm4 6 4 4 4-4',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'm5 3 8 5-8 5Z',
  moments: 'M4 3v10M7 4.5h6.5M7 8h6.5M7 11.5h4M4 4.5h.01M4 8h.01',
  live: 'M8 8h.01M5.2 10.8a4 4 0 0 1 0-5.6M10.8 5.2a4 4 0 0 1 0 5.6M3 13a7 7 0 0 1 0-10M13 3a7 7 0 0 1 0 10',
} as const

export type IconName = keyof typeof PATHS

/** Always beside a text or in a control that has a label: hidden from assistive technology. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
