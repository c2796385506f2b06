import type { SceneRef } from '@pausescope/shared'

/** Selects something else, or nothing. */
export type Select = (ref: SceneRef | null) => void
