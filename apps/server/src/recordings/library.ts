import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Recording, RecordingList } from '@pausescope/shared'
import { loadRecording } from './load-recording.ts'

/** The recordings that came with Pausescope. */
export const BUNDLED_RECORDINGS = join(import.meta.dirname, '../../recordings')

/** The recordings a server offers. Each file is read once, when it is first asked for. */
export type Library = {
  /** In the order in which they are offered. */
  list(): Promise<RecordingList>
  /** The one that is offered first; null when there is none. The others are not read for it. */
  first(): Promise<Recording | null>
  /** Null when no recording has this id. */
  find(id: string): Promise<Recording | null>
}

/** How a recording stands in the list of them. */
export function listed(id: string, { title, titleIn }: Recording): RecordingList['recordings'][number] {
  return { id, title, ...(titleIn ? { titleIn } : {}) }
}

/**
 * @param folder its `.json` files are offered in the order of their names; the name without `.json` is the id.
 * @param opened a recording the user opened: offered first, as `opened`.
 */
export function createLibrary(folder: string, opened: Recording | null = null): Library {
  const loaded = new Map<string, Promise<Recording>>()
  if (opened) loaded.set('opened', Promise.resolve(opened))

  async function ids(): Promise<string[]> {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
    return [...(opened ? ['opened'] : []), ...files.map((name) => name.slice(0, -'.json'.length))]
  }

  function load(id: string): Promise<Recording> {
    const known = loaded.get(id)
    if (known) return known
    const loading = loadRecording(join(folder, `${id}.json`))
    loaded.set(id, loading)
    loading.catch(() => loaded.delete(id))
    return loading
  }

  return {
    async list() {
      const all = await ids()
      return { recordings: await Promise.all(all.map(async (id) => listed(id, await load(id)))) }
    },
    async first() {
      const [id] = await ids()
      return id === undefined ? null : load(id)
    },
    async find(id) {
      return (await ids()).includes(id) ? load(id) : null
    },
  }
}
