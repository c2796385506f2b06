import { type NodeFacts, nodesFromDocument, type Pod, podsFromDocument } from '@pausescope/shared'
import { readText } from '../recordings/read-text.ts'
import { CliError } from './cli-error.ts'

/** Enough for some ten thousand pods. */
const MAX_BYTES = 128 * 1024 * 1024

/** The objects of a file, and the parsed documents they came from. */
export type ObjectFile<Item> = {
  /** Names the file at the start of a sentence: `The pods file pods.json`. */
  name: string
  items: Item[]
  documents: unknown[]
}

/**
 * Reads a file of pods, `-` for standard input: JSON or YAML, one document or many; each a Pod, a PodList or a List.
 * @throws FileError or CliError that names the file and what is wrong with it.
 */
export async function readPods(path: string): Promise<ObjectFile<Pod>> {
  const file = await readObjects(path, 'pods file', podsFromDocument)
  if (file.items.length > 0) return file
  throw new CliError('failed', `${file.name} holds no pod.`, 'Ask the cluster for more: kubectl get pods -A -o json.')
}

/** Reads a file of nodes, in the forms of `readPods`. */
export async function readNodes(path: string): Promise<ObjectFile<NodeFacts>> {
  const file = await readObjects(path, 'node file', nodesFromDocument)
  if (file.items.length > 0) return file
  throw new CliError('failed', `${file.name} holds no node.`, 'Give what kubectl get node NAME -o json prints.')
}

async function readObjects<Item>(
  path: string,
  what: string,
  parse: (document: unknown) => Item[],
): Promise<ObjectFile<Item>> {
  const text = await readText(path, { what, maxBytes: MAX_BYTES })
  const name = path === '-' ? `The ${what} on standard input` : `The ${what} ${path}`
  const documents = await parseDocuments(text, name)
  try {
    return { name, items: documents.flatMap(parse), documents }
  } catch (cause) {
    const { message, next } = cause as { message: string; next?: string }
    if (next === undefined) throw cause
    throw new CliError('failed', `${name} cannot be used: ${message}`, next)
  }
}

async function parseDocuments(text: string, name: string): Promise<unknown[]> {
  const content = text.replace(/^\uFEFF/, '')
  const next = 'Give what kubectl get … -o json prints.'
  if (/^\s*[[{]/.test(content)) {
    try {
      return [JSON.parse(content)]
    } catch (cause) {
      const cut = /end of JSON|Unterminated/.test((cause as Error).message)
      throw new CliError(
        'failed',
        cut ? `${name} is cut off: its JSON ends in the middle.` : `${name} is not JSON.`,
        next,
      )
    }
  }
  const { parseAllDocuments } = await import('yaml')
  const documents = [parseAllDocuments(content, { logLevel: 'silent' })].flat()
  const fault = documents.flatMap(({ errors }) => errors)[0]
  if (fault) {
    const where = fault.linePos ? ` (line ${fault.linePos[0].line})` : ''
    throw new CliError('failed', `${name} is neither JSON nor YAML${where}.`, next)
  }
  try {
    return documents.map((document) => document.toJS()).filter((value) => value !== null)
  } catch {
    throw new CliError('failed', `${name} has YAML aliases that expand to more than can be read.`, next)
  }
}
