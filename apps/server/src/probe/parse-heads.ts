import { decode } from './probe-lines.ts'
import { HEAD_MAX_BYTES } from './probe-script.ts'

/** As many arguments of one process as `grep -m` takes. */
const ARGUMENTS_MAX = 1024

/**
 * Reads `head -v PID/cmdline …`: a heading `==> PID/cmdline <==`, then the file. Arguments can hold such a heading, so a
 * PID that has two, or that nothing else in the scan names, makes both its own piece and the piece before it doubtful.
 * @param known true for the PIDs that the other parts name.
 * @returns the arguments that are certain by PID, and the PIDs whose arguments are doubtful or longer than what was read.
 */
export function parseHeads(
  text: string,
  known: (pid: number) => boolean,
): { argv: Map<number, string[]>; doubtful: number[] } {
  const headings = [...text.matchAll(/==> (\d+)\/cmdline <==\n/g)].map((match) => ({
    pid: Number(match[1]),
    start: match.index + match[0].length,
    at: match.index,
  }))
  const times = new Map<number, number>()
  for (const { pid } of headings) times.set(pid, (times.get(pid) ?? 0) + 1)
  const certain = (heading: { pid: number } | undefined) =>
    heading === undefined || (times.get(heading.pid) === 1 && known(heading.pid))

  const argv = new Map<number, string[]>()
  const doubtful = new Set<number>()
  for (const [index, heading] of headings.entries()) {
    const next = headings[index + 1]
    const content = text.slice(heading.start, next?.at).replace(/\n$/, '')
    if (!certain(heading) || !certain(next) || content.length >= HEAD_MAX_BYTES) doubtful.add(heading.pid)
    else argv.set(heading.pid, splitArguments(content))
  }
  return { argv, doubtful: [...doubtful].filter(known) }
}

function splitArguments(content: string): string[] {
  if (content === '') return []
  return content.replace(/\0$/, '').split('\0', ARGUMENTS_MAX).map(decode)
}
