import { type Pod, type PodSummary, parsePod, summarizePod } from '@pausescope/shared'

/** A pod of which a cluster has very many: what lists show is at hand, the rest is packed. */
export type KeptPod = {
  readonly summary: PodSummary
  /**
   * The whole pod: the shape of its JSON, which it shares with many, and the values that belong into it. As JSON it would take
   * twice the room, as a tree of objects eight times.
   */
  readonly shape: string
  readonly values: string
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
      ...pack(pod, once),
    }
  }
}

export function unpackPod({ shape, values }: KeptPod): Pod {
  const value = values.split(GAP).values()
  const json = shape.replaceAll(GAP, () => value.next().value ?? '')
  return JSON.parse(json) as Pod
}

/** Stands for a value in a shape, and between values; in JSON it is always escaped. */
const GAP = '\0'

/** A name with its colon, or a value. */
const TOKENS = /("(?:[^"\\]|\\.)*":)|"(?:[^"\\]|\\.)*"|[\w.+-]+/g

function pack(pod: Pod, once: (text: string) => string) {
  const values: string[] = []
  const shape = JSON.stringify(pod).replace(TOKENS, (token, name: string | undefined) => {
    if (name === undefined) values.push(token)
    return name ?? GAP
  })
  return { shape: once(shape), values: values.join(GAP) }
}
