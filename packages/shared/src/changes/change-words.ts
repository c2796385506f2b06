import type { NamespaceType } from '../model/namespace-type.ts'
import type { ChangedContainer, Keeper, Kept, LifeKind, Named } from './change.ts'

/** At most so many are named of what came or went together. */
export const MOST_NAMED = 3

/** What is told of containers to which the same happened. */
export type LifeFacts = {
  containers: readonly ChangedContainer[]
  types: readonly NamespaceType[]
  kept: readonly Kept[]
}

export type ProcessFacts = {
  container: string
  from: number
  to: number
  came: readonly Named[]
  went: readonly Named[]
}

/** Every sentence about what changed, in English; the shape is the catalogue's type. Kernel terms stay in every language. */
export const changeWords = {
  nothing: 'Nothing changed: the same processes are in the same namespaces.',
  unread:
    'At one of these two moments the node was not read: what became of processes and namespaces in between is not known.',
  nodeRestarted: 'The node was started again: no process and no namespace lived on.',
  anotherPod:
    'This is another pod of the same name: its UID is new, and with it every process and namespace of its own.',
  life: (kind: LifeKind, { containers, types, kept }: LifeFacts): string => {
    const many = containers.length > 1
    const its = many ? 'their' : 'its'
    const what = types.length === 0 ? [] : [`${its} ${list(types)} ${types.length > 1 ? 'are' : 'is'} ${OUTCOME[kind]}`]
    const told = [...what, ...kept.map((one) => (isEntry(kind) ? joined(one, many) : stayed(one)))]
    return sentence(`${who(containers)} ${VERB[kind][many ? 1 : 0]}${pids(containers)}`, told)
  },
  moved: (container: string, types: readonly NamespaceType[]): string =>
    `${container} runs on, but its ${list(types)} ${types.length > 1 ? 'are others' : 'is another'} now.`,
  made: (container: string, namespaces: readonly string[]): string =>
    `In ${container} a process left its container’s namespaces for ${namespaces.length > 1 ? 'new ones' : 'a new one'}: ${list(namespaces)}.`,
  unmade: (container: string, namespaces: readonly string[]): string =>
    `In ${container} nobody is in ${list(namespaces)} any more.`,
  unshared: (container: string, namespace: string): string =>
    `${namespace} is shared no more: only ${container} is in it.`,
  processes: ({ container, from, to, came, went }: ProcessFacts): string =>
    sentence(`${container} has ${to} ${to === 1 ? 'process' : 'processes'} now, ${from} before`, [
      ...(came.length > 0 ? [`${named(came)} came`] : []),
      ...(went.length > 0 ? [`${named(went)} went`] : []),
    ]),
  found: (text: string): string => `New finding: ${text}`,
  settled: (text: string): string => `No longer so: ${text}`,
}

export type ChangeWords = typeof changeWords

const VERB = {
  restarted: ['was started again', 'were started again'],
  started: ['runs now', 'run now'],
  came: ['came', 'came'],
  ended: ['has ended', 'have ended'],
  gone: ['is gone', 'are gone'],
} as const satisfies Record<LifeKind, readonly [string, string]>

const OUTCOME = { restarted: 'new', started: 'new', came: 'new', ended: 'gone', gone: 'gone' } as const

/** Is it one that takes part now, rather than one that did before? */
function isEntry(kind: LifeKind): boolean {
  return kind === 'started' || kind === 'came'
}

function who(containers: readonly ChangedContainer[]): string {
  if (containers.length === 1) return (containers[0] as ChangedContainer).name
  const shown = containers.slice(0, containers.length > MOST_NAMED + 1 ? MOST_NAMED : undefined)
  const rest = containers.length - shown.length
  const names = shown.map((one) => `${one.name}${pids([one])}`)
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : list(names)
}

/** Of one container: ` (PID 48120 → 48377)`. Several have theirs behind each name. */
function pids(containers: readonly ChangedContainer[]): string {
  if (containers.length !== 1) return ''
  const { from, to } = containers[0] as ChangedContainer
  const numbers = [from, to].filter((pid) => pid !== null)
  return numbers.length === 0 ? '' : ` (PID ${numbers.join(' → ')})`
}

function stayed({ types, by }: Kept): string {
  return `${list(types)} stayed, because ${keeper(by)} still ${by.kind === 'pin' ? 'hold' : 'holds'} ${types.length > 1 ? 'them' : 'it'}`
}

function joined({ types, by }: Kept, many: boolean): string {
  return `${many ? 'they' : 'it'} joined ${list(types)}, which ${keeper(by)} ${by.kind === 'pin' ? 'hold' : 'holds'}`
}

function keeper(by: Keeper): string {
  if (by.kind === 'pin') return 'pins'
  return by.kind === 'unseen' ? 'something this scan did not see' : `${by.name} (PID ${by.pid})`
}

function named(processes: readonly Named[]): string {
  const shown = processes.slice(0, MOST_NAMED).map(({ name, pid }) => `${name} (PID ${pid})`)
  const rest = processes.length - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : list(shown)
}

/** `Told: one; another.` */
function sentence(head: string, parts: readonly string[]): string {
  return parts.length === 0 ? `${head}.` : `${head}: ${parts.join('; ')}.`
}

/** `a`, `a and b`, `a, b and c` */
function list(parts: readonly string[]): string {
  return [parts.slice(0, -1).join(', '), parts.at(-1) ?? ''].filter((part) => part !== '').join(' and ')
}
