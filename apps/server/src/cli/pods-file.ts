import {
  jsonNesting,
  MAX_JSON_DEPTH,
  type NodeFacts,
  nodesFromDocument,
  type Pod,
  podsFromDocument,
} from '@pausescope/shared'
import { readText } from '../recordings/read-text.ts'
import { CliError } from './cli-error.ts'

/** Enough for some ten thousand pods. */
const MAX_BYTES = 128 * 1024 * 1024
/** YAML is read a hundred times slower than JSON. */
const MAX_YAML_LENGTH = 8 * 1024 * 1024

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
  const refuse = (fault: string) =>
    new CliError('failed', `${name} ${fault}.`, 'Give what kubectl get … -o json prints.')
  if (!/^\s*[[{]/.test(content)) return parseYaml(content, refuse)
  const { deepest, open } = jsonNesting(content)
  if (deepest > MAX_JSON_DEPTH) throw refuse('is nested deeper than any Kubernetes object is')
  try {
    return [JSON.parse(content)]
  } catch {
    throw refuse(open ? 'is cut off: its JSON ends in the middle' : 'is not JSON')
  }
}

async function parseYaml(content: string, refuse: (fault: string) => CliError): Promise<unknown[]> {
  if (content.length > MAX_YAML_LENGTH) throw refuse('is not JSON, and too large to be YAML')
  const { parseAllDocuments, YAMLParseError } = await import('yaml')
  try {
    return [parseAllDocuments(content, { logLevel: 'silent' })].flat().flatMap((document) => {
      if (document.errors[0]) throw document.errors[0]
      const value: unknown = document.toJS()
      return value === null ? [] : [value]
    })
  } catch (cause) {
    if (!(cause instanceof YAMLParseError))
      throw refuse('has YAML aliases or levels that expand to more than can be read')
    throw refuse(`is neither JSON nor YAML${cause.linePos ? ` (line ${cause.linePos[0].line})` : ''}`)
  }
}
