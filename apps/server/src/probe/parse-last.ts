import { parseHeads } from './parse-heads.ts'
import { parseStat } from './parse-stat.ts'
import type { ProbeParts } from './probe-frame.ts'
import { eachRecord, type Malformed, textPool } from './probe-lines.ts'
import type { ProcessDrafts } from './process-drafts.ts'

/**
 * The parts read last: arguments and stat, as NUL-ended records or, without `grep -z`, as headings and lines.
 * @returns the PIDs whose arguments are doubtful.
 */
export function parseLast(parts: ProbeParts, malformed: Malformed, drafts: ProcessDrafts): number[] {
  const pool = textPool()
  const stats = new Map<number, string>()
  const records = parts.get('records') ?? ''
  eachRecord(records, '\0', ['cmdline', 'stat'], malformed, (pid, file, start, end) => {
    if (file === 'stat') stats.set(pid, records.slice(start, end))
    else drafts.at(pid).argv.push(pool(records.slice(start, end)))
  })
  const lines = parts.get('lines') ?? ''
  eachRecord(lines, '\n', ['stat'], malformed, (pid, _, start, end) => {
    // A comm with line breaks makes several lines of one file.
    const before = stats.get(pid)
    stats.set(pid, `${before === undefined ? '' : `${before}\n`}${lines.slice(start, end)}`)
  })
  for (const [pid, text] of stats) {
    const stat = parseStat(text)
    if (stat?.pid === pid) drafts.at(pid).stat = stat
    else malformed.lines++
  }
  const { argv, doubtful } = parseHeads(parts.get('heads') ?? '', (pid) => drafts.has(pid))
  for (const [pid, values] of argv) drafts.at(pid).argv = values
  return doubtful
}
