import type { NodeObservation } from '../model/node-observation.ts'
import type { NamespaceCensus, Observation } from '../model/observation.ts'

/** The program of a command line, without its arguments: they can hold secrets. */
export function programOf(command: string): string {
  return /^\s*(\S*)/.exec(command)?.[1]?.replace(/(?<=.):$/, '') ?? ''
}

/** The same observation with commands cut to their programs. A process that wrote its own title is called by its name. */
export function hideArguments(observation: Observation): Observation {
  return {
    ...observation,
    processes: observation.processes.map(hideInProcess),
    namespaces: observation.namespaces.map(hideInCensus),
  }
}

/** The same for a whole node. */
export function hideNodeArguments(observation: NodeObservation): NodeObservation {
  const { lowest } = observation
  return { ...observation, lowest: lowest.map((one) => ({ ...one, command: programOf(one.command) })) }
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
