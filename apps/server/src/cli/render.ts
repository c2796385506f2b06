import {
  buildGraph,
  type ExportOptions,
  exportSvg,
  GRAPH_WORDS,
  type GraphContainer,
  graphMarkdown,
  graphMermaid,
  type Language,
  lsnsTable,
  lsnsText,
  type Observation,
} from '@pausescope/shared'
import { readVersion } from '../version.ts'

/** One observation, or a list, as JSON that people can read. */
export function renderJson(value: Observation | readonly Observation[]): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/**
 * For the sandbox and each container of each pod: a line that names it and its PID, then what `lsns -p PID` prints.
 * @param users names by uid.
 */
export function renderLsns(observations: readonly Observation[], users: Readonly<Record<number, string>>): string {
  const parts = observations.flatMap((observation) => {
    const { namespace, name } = observation.pod
    return buildGraph(observation).containers.map((container) => {
      const head = `== ${namespace}/${name} ${nameContainer(container)}: ${describeProcess(container)}\n`
      return head + (container.pid === null ? '' : lsnsText(lsnsTable(observation, container.pid, { users })))
    })
  })
  return parts.join('\n')
}

/** The table of each pod. */
export function renderMarkdown(observations: readonly Observation[], language: Language): string {
  return observations
    .map((observation) => graphMarkdown(buildGraph(observation, GRAPH_WORDS[language]), language))
    .join('\n')
}

/** The flowchart of one pod. */
export function renderMermaid(observation: Observation, language: Language): string {
  return graphMermaid(buildGraph(observation, GRAPH_WORDS[language]), language)
}

/** The picture of one pod. */
export function renderSvg(observation: Observation, options: ExportOptions): string {
  return exportSvg(observation, options, readVersion())
}

function nameContainer({ kind, name }: GraphContainer): string {
  return kind === 'sandbox' || kind === 'unknown' ? name : `${kind === 'app' ? 'container' : kind} ${name}`
}

function describeProcess({ pid, memberships, state }: GraphContainer): string {
  if (pid !== null) return memberships.length > 0 ? `PID ${pid}` : `PID ${pid}, whose namespaces may not be read`
  const reason = 'reason' in state && state.reason ? ` (${state.reason})` : ''
  return `no process, ${state.kind}${reason}`
}
