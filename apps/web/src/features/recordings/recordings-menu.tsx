import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { recordingsQuery } from '../../api/queries.ts'
import { titleIn } from '../../i18n/title-in.ts'
import { useText } from '../../i18n/use-text.ts'
import { MenuButton } from '../../ui/menu-button.tsx'

const OPEN = 'open file'
const LIVE = 'back to live'

/** The server's recordings, the way to a file, and the way back to the cluster. */
export function RecordingsMenu({
  playing,
  fileName,
  canGoLive,
  onPlay,
  onFile,
}: {
  /** Id of the recording that is shown; null when live. */
  playing: string | null
  /** Name of the opened file when that is what is shown. */
  fileName: string | null
  canGoLive: boolean
  /** Null: back to the live cluster. */
  onPlay: (id: string | null) => void
  onFile: (file: File) => void
}) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const recordings = useQuery(recordingsQuery)
  const onAction = (id: string) => {
    if (id === OPEN) input.current?.click()
    else onPlay(id === LIVE ? null : id)
  }
  return (
    <>
      <MenuButton
        label={t.tools.recordings}
        text={t.tools.recordings}
        icon="film"
        onAction={onAction}
        parts={[
          {
            id: 'bundled',
            heading: t.recording.bundled,
            selected: playing,
            items: (recordings.data ?? []).map((one) => ({ id: one.id, text: titleIn(one, t.language) })),
          },
          { id: 'file', selected: playing, items: fileName && playing ? [{ id: playing, text: fileName }] : [] },
          {
            id: 'actions',
            items: [
              { id: OPEN, text: t.tools.openFile, icon: 'folder' },
              ...(canGoLive ? [{ id: LIVE, text: t.tools.backToLive, icon: 'live' as const }] : []),
            ],
          },
        ]}
      />
      <input
        ref={input}
        type="file"
        accept=".json,.svg,.png,application/json,image/svg+xml,image/png"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t.tools.openFile}
        onChange={(event) => {
          const file = event.target.files?.[0]
          // The same file may be chosen again after it was changed.
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
    </>
  )
}
