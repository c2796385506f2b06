import { CGROUP_FORMS } from '../../../packages/shared/src/observe/cgroup-path.forms.ts'
import type { BodyPart } from './body.ts'
import { hostileText, randomBytes } from './hostile.ts'
import type { Random } from './random.ts'

/** Damages the parts in place. */
type Mutation = (parts: BodyPart[], random: Random) => void

/** Some damage, of some kinds, to a copy of the parts. */
export function mutateBody(parts: readonly BodyPart[], random: Random): BodyPart[] {
  const mutated = parts.map((part) => ({ ...part, items: [...part.items] }))
  for (let count = random.below(7); count > 0; count--) random.pick(MUTATIONS)(mutated, random)
  return mutated
}

const NUMBERS = ['0', '1', '-1', '00', '4026531840', '4294967295', '9007199254740993', '9'.repeat(30), '1e3', '', 'x']
const PID = /^\d+(?=\/)/

const MUTATIONS: readonly Mutation[] = [
  changeItem((item, random) => {
    const at = random.below(item.length + 1)
    return item.slice(0, at) + randomBytes(random, 8) + item.slice(at + random.below(8))
  }),
  changeItem((item, random) => item.slice(0, random.below(item.length + 1))),
  changeItem((item, random) => replaceOne(item, /\d+/g, random.pick(NUMBERS), random)),
  changeItem((item, random) => item.replace(/\(.*\)/s, () => `(${hostileText(random).replaceAll('\0', '')})`)),
  changeItem((item, random) => item.replace(/cmdline:.*/s, () => `cmdline:${hostileText(random)}`)),
  changeItem(() => ''),
  lines((items, at, random) => items.splice(at, 1 + random.below(20))),
  lines((items, at, random) => items.splice(at, 0, ...items.slice(at, at + 1 + random.below(20)))),
  lines((items, at, random) => {
    const other = random.below(items.length)
    ;[items[at], items[other]] = [items[other] as string, items[at] as string]
  }),
  takeFromAnotherProcess,
  swapProcesses,
  joinNamespaces,
  moveToCgroup,
  moveToAnotherPart,
  (parts, random) => parts.splice(random.below(parts.length + 1), 1),
  (parts, random) => parts.splice(random.below(parts.length + 1), 0, ...random.some(parts, 1)),
  (parts, random) => parts.sort(() => random.below(3) - 1),
]

function changeItem(change: (item: string, random: Random) => string): Mutation {
  return lines((items, at, random) => {
    items[at] = change(items[at] as string, random)
  })
}

function lines(change: (items: string[], at: number, random: Random) => void): Mutation {
  return (parts, random) => {
    const items = parts.length > 0 ? random.pick(parts).items : []
    if (items.length > 0) change(items, random.below(items.length), random)
  }
}

function replaceOne(text: string, pattern: RegExp, by: string, random: Random): string {
  const found = [...text.matchAll(pattern)]
  if (found.length === 0) return text
  const { index, 0: old } = random.pick(found)
  return text.slice(0, index) + by + text.slice(index + old.length)
}

/** One process's line or record is said of another one. */
function takeFromAnotherProcess(parts: BodyPart[], random: Random): void {
  const pids = pidsOf(parts)
  if (pids.length === 0) return
  changeItem((item) => item.replace(PID, random.pick(pids)).replace(/^'\d+(?=\/)/, `'${random.pick(pids)}`))(
    parts,
    random,
  )
}

/** Two processes change places in one part, so that the parts tell of different ones. */
function swapProcesses(parts: BodyPart[], random: Random): void {
  const pids = pidsOf(parts)
  if (pids.length === 0) return
  const [a, b] = [random.pick(pids), random.pick(pids)]
  const { items } = random.pick(parts)
  for (const [at, item] of items.entries()) {
    items[at] = item.replace(/^('?)(\d+)(?=\/)/, (whole, quote: string, pid: string) =>
      pid === a ? `${quote}${b}` : pid === b ? `${quote}${a}` : whole,
    )
  }
}

/** One namespace becomes another: containers meet that never met. */
function joinNamespaces(parts: BodyPart[], random: Random): void {
  const inodes = [...bodyText(parts, 'links').matchAll(/\[(\d+)\]/g)].map((match) => match[1] as string)
  if (inodes.length === 0) return
  const [from, to] = [`[${random.pick(inodes)}]`, `[${random.pick(inodes)}]`]
  for (const { items } of parts) for (const [at, item] of items.entries()) items[at] = item.replaceAll(from, to)
}

/** A process turns up in another cgroup: one of the scan, one that real nodes showed, or one below its own. */
function moveToCgroup(parts: BodyPart[], random: Random): void {
  const paths = [...bodyText(parts, 'files').matchAll(/cgroup:(.*)/g)].map((match) => match[1] as string)
  const choose = (own: string) => {
    if (random.once(4)) return random.pick(CGROUP_FORMS).lines[0] as string
    if (random.once(3)) return `${own}/${random.pick(paths).split('/').at(-1)}`
    return random.once(4) ? `${own}/../${hostileText(random).replaceAll('\n', '')}` : random.pick(paths)
  }
  if (paths.length === 0) return
  const items = parts.find(({ name }) => name === 'files')?.items ?? []
  const own = items.flatMap((item, at) => (item.includes('/cgroup:') ? [at] : []))
  for (let count = random.below(6); count > 0 && own.length > 0; count--) {
    const at = random.pick(own)
    items[at] = (items[at] as string).replace(/cgroup:(.*)/, (_, path: string) => `cgroup:${choose(path)}`)
  }
}

function moveToAnotherPart(parts: BodyPart[], random: Random): void {
  if (parts.length === 0) return
  const [from, to] = [random.pick(parts).items, random.pick(parts).items]
  to.splice(random.below(to.length + 1), 0, ...from.splice(random.below(from.length + 1), 1 + random.below(5)))
}

function pidsOf(parts: readonly BodyPart[]): string[] {
  return [...new Set(parts.flatMap(({ items }) => items.flatMap((item) => PID.exec(item)?.[0] ?? [])))]
}

function bodyText(parts: readonly BodyPart[], name: string): string {
  return parts.find((part) => part.name === name)?.items.join('\n') ?? ''
}
