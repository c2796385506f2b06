import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'

export type Manifest = {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; labels?: Record<string, string> }
  [field: string]: unknown
}

const DEPLOY = join(import.meta.dirname, '../../../deploy')
export const KUSTOMIZE = join(DEPLOY, 'kustomize')
export const CHART = join(DEPLOY, 'helm/pausescope')

/** The objects of YAML documents. */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest)
}

/** What `kubectl apply -k` applies: the kustomization only lists files, so it is what they hold. */
export function kustomizeManifests(): Manifest[] {
  const kustomization = parse(readFileSync(join(KUSTOMIZE, 'kustomization.yaml'), 'utf8')) as { resources: string[] }
  return kustomization.resources.flatMap((file) => parseManifests(readFileSync(join(KUSTOMIZE, file), 'utf8')))
}

/** What the chart makes with its own values, as `helm template --namespace NAMESPACE` prints it. */
export function chartManifests(namespace: string): Manifest[] {
  const values = parse(readFileSync(join(CHART, 'values.yaml'), 'utf8')) as unknown
  const templates = join(CHART, 'templates')
  return readdirSync(templates).flatMap((file) => {
    const text = readFileSync(join(templates, file), 'utf8')
    return parseManifests(render(text, { Values: values, Release: { Namespace: namespace } }))
  })
}

/**
 * The few forms of Go's templates that the chart keeps to: `{{ .Values.image }}`, with `| quote`, and `join "," LIST`.
 * @throws Error for every other form, and for a value that is not there.
 */
export function render(template: string, data: object): string {
  return template.replace(/\{\{(.*?)\}\}/gs, (whole, inside: string) => {
    const match = /^ (?:join "(?<separator>[^"]*)" )?\.(?<path>[\w.]+)(?<quote> \| quote)? $/.exec(inside)
    if (!match?.groups) throw new Error(`The test cannot render ${whole}.`)
    const { separator, path = '', quote } = match.groups
    const value = path.split('.').reduce<unknown>((from, key) => (from as Record<string, unknown>)?.[key], data)
    const text = separator === undefined ? value : (value as unknown[]).join(separator)
    if (typeof text !== 'string') throw new Error(`${whole} is no text.`)
    return quote ? JSON.stringify(text) : text
  })
}
