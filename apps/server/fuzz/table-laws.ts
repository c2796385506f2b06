import {
  lsnsTable,
  lsnsText,
  type MembershipCell,
  membershipTable,
  NAMESPACE_TYPES,
  type NodeScan,
  type PodGraph,
} from '@pausescope/shared'

/** What the tables must say, counted anew in the scan: cells, letters, and the rows that lsns would print. */
export function brokenTableLaws(scan: NodeScan, graph: PodGraph): string[] {
  return [
    ...brokenLetters(graph),
    ...graph.containers.flatMap(({ pid }) => (pid === null ? [] : brokenLsns(scan, graph, pid))),
  ]
}

/** In a column the same letter stands exactly where the inodes are equal. */
function brokenLetters(graph: PodGraph): string[] {
  const { columns, rows } = membershipTable(graph)
  if (rows.length !== graph.containers.length) return ['The table has not one row for each container.']
  return columns.flatMap((type, at) => {
    const cells = rows.map(({ cells }) => cells[at]).filter((cell) => cell?.kind === 'member') as Member[]
    const wrong = cells.some((a) =>
      cells.some((b) => a !== b && (a.letter !== null && a.letter === b.letter) !== (a.inode === b.inode)),
    )
    return wrong ? [`The letters of ${type} do not tell who shares.`] : []
  })
}

type Member = Extract<MembershipCell, { kind: 'member' }>

/** A row for each readable type, with the number of processes and the lowest PID that the scan has. */
function brokenLsns(scan: NodeScan, { observation }: PodGraph, pid: number): string[] {
  const process = scan.processes.find((one) => one.pid === pid)
  const rows = lsnsTable(observation, pid)
  const broken = NAMESPACE_TYPES.flatMap((type) => {
    const inode = process?.ns[type]
    const found = rows.filter((row) => row.type === type)
    if (inode === undefined) return found.length > 0 ? [`lsns of ${pid} has a row for ${type}`] : []
    const members = scan.processes.filter(({ ns }) => ns[type] === inode)
    const lowest = Math.min(...members.map((member) => member.pid))
    const [row] = found
    const isRight = found.length === 1 && row?.ns === inode && row.nprocs === members.length && row.pid === lowest
    return isRight ? [] : [`lsns of ${pid} is wrong about ${type}:[${inode}]`]
  })
  const lines = lsnsText(rows).split('\n')
  const expected = rows.length === 0 ? 1 : rows.length + 2
  return lines.length === expected
    ? broken
    : [...broken, `lsns of ${pid} prints ${lines.length} lines, not ${expected}`]
}
