import type { Finding, PodGraph } from '../graph/graph-types.ts'
import type { Change } from './change.ts'

/** Findings that came, and findings that are no more. */
export function findingChanges(a: PodGraph, b: PodGraph): Change[] {
  return [
    ...without(b.findings, a.findings).map(({ text }): Change => ({ kind: 'found', text, fresh: [] })),
    ...without(a.findings, b.findings).map(({ text }): Change => ({ kind: 'settled', text, fresh: [] })),
  ]
}

/** Those that the others do not have, each as often as it is there. */
function without(findings: readonly Finding[], others: readonly Finding[]): Finding[] {
  const left = others.map(gist)
  return findings.filter((finding) => {
    const at = left.indexOf(gist(finding))
    if (at < 0) return true
    left.splice(at, 1)
    return false
  })
}

/** What a finding is about, without the PIDs, inodes and ids that each new process brings: these make no other finding of it. */
function gist({ code, about }: Finding): string {
  const containers = about.filter((key) => key.startsWith('container:'))
  const types = about.flatMap((key) => /^[a-z]+(?=:\[)/.exec(key) ?? [])
  return [code, ...containers, ...types].join(' ')
}
