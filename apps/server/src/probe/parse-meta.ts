import { parseStat } from './parse-stat.ts'
import { decode } from './probe-lines.ts'

/** What is read of the node as a whole, and of the reader. */
export type ProbeMeta = {
  /** First lines by path below the /proc root. */
  files: ReadonlyMap<string, string>
  /** When the scan began, in clock ticks since boot, and the PIDs of the script; null in a captured tree. */
  reader: { starttime: number; pids: readonly number[] } | null
  /** Names of the links below ns/, as this kernel has them. */
  links: readonly string[]
}

/** Reads the first part of the probe's body. */
export function parseMeta(text: string): ProbeMeta {
  const files = new Map<string, string>()
  let links: string[] = []
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (line.startsWith('types: ')) links = linkNames(line)
    else if (colon > 0) files.set(line.slice(0, colon), decode(line.slice(colon + 1)))
  }
  const self = parseStat(files.get('self/stat') ?? '')
  const reader = self ? { starttime: self.starttime, pids: [self.pid, self.ppid] } : null
  return { files, reader, links }
}

/** `types: self/ns/cgroup …`; a pattern that matched nothing stands there as it is. */
function linkNames(line: string): string[] {
  const names = [...line.matchAll(/ (?:self|1)\/ns\/([a-z_]+)/g)].map((match) => match[1] as string)
  return [...new Set(names)]
}
