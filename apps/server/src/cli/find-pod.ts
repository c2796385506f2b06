import { CliError } from './cli-error.ts'

type Named = { namespace: string; name: string }

/**
 * The one of `pods` that `--pod` names: `NAMESPACE/NAME`, or `NAME` where only one pod has it.
 * @param where names what was searched: `The pods file pods.json`.
 * @throws CliError that names the nearest pods.
 */
export function findPod<Item extends Named>(pods: readonly Item[], wanted: string, where: string): Item {
  const found = pods.filter((pod) => pod.name === wanted || spell(pod) === wanted)
  if (found.length === 1) return found[0] as Item
  if (found.length > 1) {
    const next = `Say which: ${found.map((pod) => `--pod ${spell(pod)}`).join(' or ')}.`
    throw new CliError('failed', `${where} has ${found.length} pods of the name ${wanted}.`, next)
  }
  const near = nearest(pods, wanted)
  const next = near.length > 0 ? `Did you mean ${near.map(spell).join(' or ')}?` : 'Leave --pod out to see all pods.'
  throw new CliError('failed', `${where} has no pod ${wanted}.`, next)
}

export function spell({ namespace, name }: Named): string {
  return `${namespace}/${name}`
}

/** At most three pods whose name is the wanted one's elsewhere, or nearly so. */
function nearest<Item extends Named>(pods: readonly Item[], wanted: string): Item[] {
  const bare = wanted.slice(wanted.lastIndexOf('/') + 1)
  if (bare === '') return []
  const limit = Math.max(2, Math.floor(bare.length / 3))
  return pods
    .map((pod) => ({ pod, far: pod.name.includes(bare) ? 0 : distance(pod.name, bare) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ pod }) => pod)
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
