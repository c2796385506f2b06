const TIME_KEYS = [
  'creationTimestamp',
  'deletionTimestamp',
  'time',
  'startTime',
  'startedAt',
  'finishedAt',
  'lastTransitionTime',
  'lastHeartbeatTime',
]
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/**
 * When Kubernetes objects were read, as far as they tell it themselves: the latest time that the API server or the kubelet
 * wrote into their metadata or status. A file of objects has no other date that survives copying.
 * @param documents parsed JSON or YAML: objects and lists of objects.
 * @returns ISO 8601 in UTC; null when there is none.
 */
export function capturedAt(documents: readonly unknown[]): string | null {
  let latest: string | null = null
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, item] of Object.entries(value)) {
      if (typeof item !== 'string') {
        // What users write there may hold any date.
        if (key !== 'annotations' && key !== 'labels' && key !== 'spec' && key !== 'fieldsV1') visit(item)
      } else if (TIME_KEYS.includes(key) && INSTANT.test(item) && (latest === null || item > latest)) latest = item
    }
  }
  documents.forEach(visit)
  return latest
}
