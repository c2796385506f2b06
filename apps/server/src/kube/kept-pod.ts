import { type Pod, type PodSummary, parsePod, summarizePod } from '@pausescope/shared'

/** A pod of which a cluster has very many: what lists show is at hand, the rest is packed. */
export type KeptPod = {
  readonly summary: PodSummary
  /** The whole pod as JSON: as a tree of objects it would take four times the room. */
  readonly packed: string
}

/** Texts that many pods share are kept once; more different ones than this begin anew. */
const MOST_SHARED = 50_000

/** Makes what trims pods as they arrive; that throws as `parsePod` does for what is no pod. */
export function podKeeper(): (object: unknown) => KeptPod {
  const shared = new Map<string, string>()
  const once = (text: string): string => {
    const known = shared.get(text)
    if (known !== undefined) return known
    if (shared.size >= MOST_SHARED) shared.clear()
    shared.set(text, text)
    return text
  }
  return (object) => {
    const pod = parsePod(object)
    const summary = summarizePod(pod)
    const { namespace, nodeName, status, phase } = summary
    return {
      summary: {
        ...summary,
        namespace: once(namespace),
        nodeName: nodeName === null ? null : once(nodeName),
        status: once(status),
        phase: once(phase),
      },
      packed: JSON.stringify(pod),
    }
  }
}

export function unpackPod({ packed }: KeptPod): Pod {
  return JSON.parse(packed) as Pod
}
