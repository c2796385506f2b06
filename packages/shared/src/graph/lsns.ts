import { namespaceKey } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { Observation } from '../model/observation.ts'
import { escapeCommand } from './lsns-escape.ts'

/** One line of `lsns -p PID`: a namespace of the process, and the lowest PID in it. */
export type LsnsRow = {
  ns: number
  type: NamespaceType
  nprocs: number
  pid: number
  user: string
  /** As the kernel has it, not escaped, at full length. */
  command: string
  /** For each level of the tree whether a sibling follows; empty for a row at the top. The last one is the row's own. */
  branches: readonly boolean[]
}

export type LsnsOptions = {
  /** Names by uid; without one, 0 is root and others are numbers, as on a node that knows no more users. */
  users?: Readonly<Record<number, string>>
  /** As in the C locale: the tree in ASCII, other characters escaped. */
  ascii?: boolean
}

/**
 * The rows of `lsns -p PID` (util-linux 2.38), in its order: by namespace number, but below the row of the parent process
 * when that stands for another namespace already.
 * @returns no rows for a process that is not the pod's or whose links could not be read.
 */
export function lsnsTable(observation: Observation, pid: number, options: LsnsOptions = {}): LsnsRow[] {
  const process = observation.processes.find((one) => one.pid === pid)
  const censuses = new Map(observation.namespaces.map((census) => [namespaceKey(census.id), census]))
  const found = NAMESPACE_TYPES.flatMap((type) => {
    const inode = process?.ns[type]
    return inode === undefined ? [] : (censuses.get(namespaceKey({ type, inode })) ?? [])
  })
  return lsnsTree(
    found.flatMap(({ id, nprocs, lowest }) => {
      if (!lowest) return []
      const user = lsnsUser(lowest.uid, options)
      return [
        { ns: id.inode, type: id.type, nprocs, pid: lowest.pid, ppid: lowest.ppid, user, command: lowest.command },
      ]
    }),
  ).map(({ ppid: _, ...row }) => row)
}

/** The name of a user as lsns prints it. */
export function lsnsUser(uid: number | null, { users }: LsnsOptions): string {
  return uid === null ? '?' : (users?.[uid] ?? (uid === 0 ? 'root' : `${uid}`))
}

/** Rows in the order of lsns: by namespace number, but below the row of the parent process when that stands already. */
export function lsnsTree<Row extends { ns: number; pid: number | null; ppid: number }>(
  rows: readonly Row[],
): (Row & Pick<LsnsRow, 'branches'>)[] {
  const top: Line<Row>[] = []
  const lineOf = new Map<number, Line<Row>>()
  for (const row of rows.toSorted((a, b) => a.ns - b.ns)) {
    const line: Line<Row> = { row, below: [] }
    const parent = row.pid === null ? undefined : lineOf.get(row.ppid)
    ;(parent?.below ?? top).push(line)
    if (row.pid !== null) lineOf.set(row.pid, line)
  }
  return top.flatMap((line) => flatten(line, []))
}

type Line<Row> = { row: Row; below: Line<Row>[] }

function flatten<Row>({ row, below }: Line<Row>, branches: readonly boolean[]): (Row & Pick<LsnsRow, 'branches'>)[] {
  const rows = below.flatMap((line, index) => flatten(line, [...branches, index < below.length - 1]))
  return [{ ...row, branches }, ...rows]
}

/** A row as it is printed: of a namespace that only a pin keeps, no process is known. */
export type PrintedLsnsRow = Omit<LsnsRow, 'pid'> & {
  pid: number | null
  /** Where it is pinned; the column NSFS is printed when a row has this. */
  nsfs?: readonly string[]
}

/** Header, least width and side of each column but the last (`infos` in lsns.c). */
const COLUMNS = [
  { head: 'NS', hint: 10, right: true, value: (row: PrintedLsnsRow) => `${row.ns}` },
  { head: 'TYPE', hint: 5, right: false, value: (row: PrintedLsnsRow) => row.type },
  { head: 'NPROCS', hint: 5, right: true, value: (row: PrintedLsnsRow) => `${row.nprocs}` },
  { head: 'PID', hint: 5, right: true, value: (row: PrintedLsnsRow) => `${row.pid ?? ''}` },
  { head: 'USER', hint: 0, right: false, value: (row: PrintedLsnsRow) => row.user },
] as const

/** What lsns prints of these rows, each line with its end; nothing, as lsns does, when there are none. */
export function lsnsText(rows: readonly PrintedLsnsRow[], options: LsnsOptions = {}): string {
  if (rows.length === 0) return ''
  const ascii = options.ascii ?? false
  const nsfs = (row: PrintedLsnsRow) => escapeCommand((row.nsfs ?? []).join(' '), ascii)
  const pins = { head: 'NSFS', hint: 0, right: false, value: nsfs }
  const columns = [...COLUMNS, ...(rows.some((row) => row.nsfs !== undefined) ? [pins] : [])].map((column) => ({
    ...column,
    width: widthOf(column.head, column.hint, rows.map(column.value)),
  }))
  const line = (cells: readonly string[], last: string) => {
    const padded = columns.map(({ right, width }, at) => cells[at]?.[right ? 'padStart' : 'padEnd'](width))
    return `${[...padded, last].join(' ')}\n`
  }
  const head = line(
    columns.map((column) => column.head),
    'COMMAND',
  )
  const lines = rows.map((row) =>
    line(
      columns.map((column) => column.value(row)),
      art(row.branches, ascii) + escapeCommand(row.command, ascii),
    ),
  )
  return head + lines.join('')
}

/** As libsmartcols counts it (count_column_width): a column narrower than its header does not grow to its hint. */
function widthOf(head: string, hint: number, cells: readonly string[]): number {
  const width = Math.max(...cells.map((cell) => cell.length))
  return width < head.length ? head.length : Math.max(width, head.length < hint ? hint : 0)
}

function art(branches: readonly boolean[], ascii: boolean): string {
  const [branch, last, line] = ascii ? ['|-', '`-', '| '] : ['├─', '└─', '│ ']
  return branches
    .map((hasNext, level) => {
      const isOwn = level === branches.length - 1
      return isOwn ? (hasNext ? branch : last) : hasNext ? line : '  '
    })
    .join('')
}
