import { lsnsTable, lsnsText, type PodGraph } from '@pausescope/shared'

/** What `lsns -p` prints of the sandbox and each container that has a process, each below the command. */
export function allLsns({ observation, containers }: PodGraph): string {
  return containers
    .flatMap(({ name, pid }) =>
      pid === null ? [] : [`# ${name}\n$ lsns -p ${pid}\n${lsnsText(lsnsTable(observation, pid))}`],
    )
    .join('\n')
}
