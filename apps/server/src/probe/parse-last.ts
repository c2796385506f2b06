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
  const takeStat = (pid: number, text: string, start = 0, end = text.length) => {
    const stat = parseStat(text, start, end)
    if (stat?.pid !== pid) {
      malformed.lines++
      return
    }
    const draft = drafts.at(pid)
    draft.ppid = stat.ppid
    draft.starttime = stat.starttime
    draft.state = stat.state
    draft.comm = pool(stat.comm)
    draft.kernelThread = stat.kernelThread
    if (stat.dying) drafts.dying.add(pid)
  }
  const records = parts.get('records') ?? ''
  eachRecord(records, '\0', ['cmdline', 'stat'], malformed, (pid, file, start, end) => {
    if (file === 'stat') takeStat(pid, records, start, end)
    else drafts.at(pid).argv.push(pool(records.slice(start, end)))
  })
  // Here a comm with line breaks makes several lines of one file.
  const lines = parts.get('lines') ?? ''
  const stats = new Map<number, string>()
  eachRecord(lines, '\n', ['stat'], malformed, (pid, _, start, end) => {
    const before = stats.get(pid)
    stats.set(pid, `${before === undefined ? '' : `${before}\n`}${lines.slice(start, end)}`)
  })
  for (const [pid, text] of stats) takeStat(pid, text)
  const { argv, doubtful } = parseHeads(parts.get('heads') ?? '', (pid) => drafts.has(pid))
  for (const [pid, values] of argv) drafts.at(pid).argv = values
  return doubtful
}
