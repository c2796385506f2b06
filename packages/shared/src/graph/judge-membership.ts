import { namespaceKey } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { NamespaceCensus, Observation } from '../model/observation.ts'
import { groupBy } from '../observe/group-by.ts'
import type { Subject } from './graph-subjects.ts'
import type { Expectation } from './graph-types.ts'

/** One subject in one namespace, with what the spec predicts of it. */
export type Link = {
  subject: Subject
  type: NamespaceType
  inode: number
  expectation: Expectation | null
}

/** The links of the subjects' first processes, as `expect` predicts them. */
export function linksOf(
  subjects: readonly Subject[],
  expect: (subject: Subject, type: NamespaceType) => Expectation | null,
): Link[] {
  return subjects.flatMap((subject) =>
    NAMESPACE_TYPES.flatMap((type) => {
      const inode = subject.first?.ns[type]
      return inode === undefined ? [] : [{ subject, type, inode, expectation: expect(subject, type) }]
    }),
  )
}

/**
 * Says of each link whether observation and expectation agree; null where there is nothing to compare with.
 * The inode decides alone, as it does for the picture.
 */
export function judgeLinks(links: readonly Link[], observation: Observation): Map<Link, boolean | null> {
  const { baseline, namespaces } = observation
  const foreign = new Set(namespaces.filter((one) => isForeign(one, observation)).map(({ id }) => namespaceKey(id)))
  const byType = groupBy(links, ({ type }) => type)
  const verdicts = new Map<Link, boolean | null>()
  for (const [type, same] of byType) {
    const node = baseline[type]?.inode ?? null
    const sandbox = sandboxInodes(same, node)
    for (const link of same) {
      const verdict = judge(link, same, node, sandbox)
      verdicts.set(link, verdict !== false && isMisplaced(link, same, foreign) ? false : verdict)
    }
  }
  return verdicts
}

/**
 * Others of the node are in it, and they were there first. CRI-O pins all namespaces of a sandbox under one name: one that
 * is pinned as another of the pod's is, is the pod's too, though a visitor may have outlived all who were there before.
 */
export function isForeign(census: NamespaceCensus | null, observation: Observation): boolean {
  if (!census || !isOthersFirst(census, observation)) return false
  const names = new Set(pinNames(census))
  return !observation.namespaces.some(
    (other) => pinNames(other).some((name) => names.has(name)) && !isOthersFirst(other, observation),
  )
}

function isOthersFirst({ outside, oldest, lowest }: NamespaceCensus, { processes }: Observation): boolean {
  if (outside.processes === 0) return false
  const first = oldest ?? lowest?.pid
  return !processes.some(({ pid }) => pid === first)
}

function pinNames({ pins }: NamespaceCensus): string[] {
  return pins.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))
}

/** In a namespace from outside the pod where the spec predicts one of the pod's. */
function isMisplaced(link: Link, same: readonly Link[], foreign: ReadonlySet<string>): boolean {
  const place = link.expectation?.place
  if (place === 'own') return foreign.has(namespaceKey(link))
  const withSandbox = same.some(({ subject, inode }) => subject.kind === 'sandbox' && inode === link.inode)
  return place === 'sandbox' && !withSandbox && foreign.has(namespaceKey(link))
}

function judge(link: Link, same: readonly Link[], node: number | null, sandbox: ReadonlySet<number>): boolean | null {
  switch (link.expectation?.place) {
    case undefined:
      return null
    case 'node':
      return node === null ? null : link.inode === node
    case 'sandbox':
      if (link.inode === node || (link.subject.kind !== 'sandbox' && !sandbox.has(link.inode))) return false
      return node === null ? null : true
    case 'own':
      if (link.inode === node || same.some((other) => other.inode === link.inode && !mayJoin(other, link))) return false
      return node === null ? null : true
    case 'target': {
      const target = same.find(({ subject }) => isTarget(subject, link.subject))
      return target ? target.inode === link.inode : null
    }
  }
}

/** A link to itself, and an ephemeral container that asked to join, do not disturb what is a container's own. */
function mayJoin(other: Link, own: Link): boolean {
  return (
    other.subject === own.subject || (other.expectation?.place === 'target' && isTarget(own.subject, other.subject))
  )
}

/** By the name in the spec: an app may be called pause, as the sandbox is here. */
function isTarget({ spec }: Subject, visitor: Subject): boolean {
  return spec !== null && spec.name === visitor.spec?.targetContainerName
}

/**
 * The namespaces of the sandboxes. Where no sandbox has a process (CRI-O), the one that most containers are in that
 * should be in the sandbox's; of equals the lowest inode.
 */
function sandboxInodes(same: readonly Link[], node: number | null): ReadonlySet<number> {
  const sandboxes = same.filter(({ subject }) => subject.kind === 'sandbox')
  if (sandboxes.length > 0) return new Set(sandboxes.map(({ inode }) => inode))
  const counts = new Map<number, number>()
  for (const { inode, expectation } of same) {
    if (expectation?.place === 'sandbox' && inode !== node) counts.set(inode, (counts.get(inode) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return new Set(most ? [most[0]] : [])
}
