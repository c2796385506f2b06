import {
  lsnsTable,
  lsnsText,
  NAMESPACE_TYPES,
  type NodeObservation,
  nodeLsnsTable,
  type PodGraph,
} from '@pausescope/shared'

/** What `lsns -p` prints of the sandbox and each container that has a process, each below the command. */
export function allLsns({ observation, containers }: PodGraph): string {
  return containers
    .flatMap(({ name, pid }) =>
      pid === null ? [] : [`# ${name}\n$ lsns -p ${pid}\n${lsnsText(lsnsTable(observation, pid))}`],
    )
    .join('\n')
}

/** What `lsns -t` prints of the node, type by type, each below the command. */
export function allNodeLsns(observation: NodeObservation): string {
  return NAMESPACE_TYPES.flatMap((type) => {
    const text = lsnsText(nodeLsnsTable(observation, type))
    return text === '' ? [] : [`$ lsns -t ${type}\n${text}`]
  }).join('\n')
}
