import type { GraphNamespace, PodGraph } from '../graph/graph-types.ts'
import type { NodeObservation } from '../model/node-observation.ts'
import type { NamespaceCensus, Observation } from '../model/observation.ts'

/** The program of a command line, without its arguments: they can hold secrets. */
export function programOf(command: string): string {
  return /^\s*(\S*)/.exec(command)?.[1]?.replace(/(?<=.):$/, '') ?? ''
}

/** The same graph with commands cut to their programs. A process that wrote its own title is called by its name. */
export function hideArguments(graph: PodGraph): PodGraph {
  const { observation, containers, namespaces } = graph
  return {
    ...graph,
    observation: hideInObservation(observation),
    containers: containers.map((container) => ({ ...container, processes: container.processes.map(hideInProcess) })),
    namespaces: namespaces.map((namespace) => ({
      ...namespace,
      holder: hideInHolder(namespace.holder),
      census: namespace.census && hideInCensus(namespace.census),
    })),
  }
}

/** The same for a whole node. */
export function hideNodeArguments(observation: NodeObservation): NodeObservation {
  const { lowest } = observation
  return { ...observation, lowest: lowest.map((one) => ({ ...one, command: programOf(one.command) })) }
}

function hideInObservation(observation: Observation): Observation {
  return {
    ...observation,
    processes: observation.processes.map(hideInProcess),
    namespaces: observation.namespaces.map(hideInCensus),
  }
}

function hideInProcess<Process extends { argv: string[]; comm: string }>(process: Process): Process {
  return { ...process, argv: process.argv.length > 0 ? [process.comm] : [] }
}

function hideInCensus(census: NamespaceCensus): NamespaceCensus {
  const { lowest, outside } = census
  return {
    ...census,
    lowest: lowest && { ...lowest, command: programOf(lowest.command) },
    outside: {
      ...outside,
      examples: outside.examples.map((one) => ({ ...one, command: programOf(one.command) })),
    },
  }
}

function hideInHolder(holder: GraphNamespace['holder']): GraphNamespace['holder'] {
  return holder?.kind === 'process' ? { ...holder, command: programOf(holder.command) } : holder
}
