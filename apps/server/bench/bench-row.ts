/** One line of the table: a number, and what it is hoped to be at most. */
export type BenchRow = {
  what: string
  value: number | null
  unit: '×' | 'ms' | 'KB'
  /** Null: told for information. */
  goal: number | null
  /** How it came about, or why there is no value. */
  note: string
}

/** A part of the bench. It cleans up after itself; when it fails, its rows say why. */
export type Bench = () => Promise<BenchRow[]>

/** The middle of some numbers; the lower of two middles. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}

/** How long `work` takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** The rows as lines of text. */
export function formatRows(rows: readonly BenchRow[]): string {
  const cells = rows.map(({ what, value, unit, goal, note }) => [
    what,
    value === null ? '–' : `${spell(value)} ${unit}`,
    goal === null ? '' : `≤ ${goal} ${unit}`,
    goal === null || value === null ? '' : value <= goal ? 'met' : 'missed',
    note,
  ])
  const table = [['what', 'measured', 'goal', '', 'how'], ...cells]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function spell(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0)
}
