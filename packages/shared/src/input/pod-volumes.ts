import type { PodVolume, VolumeKind, VolumeMount } from '../model/pod.ts'
import type { RawVolume, RawVolumeMount } from './raw-pod.ts'

/** The field of a volume that says its kind, and the one inside it that says what it is made from. */
const SOURCES: readonly (readonly [VolumeKind, string])[] = [
  ['emptyDir', 'medium'],
  ['configMap', 'name'],
  ['secret', 'secretName'],
  ['projected', ''],
  ['downwardAPI', ''],
  ['persistentVolumeClaim', 'claimName'],
  ['ephemeral', ''],
  ['hostPath', 'path'],
  ['csi', 'driver'],
  ['nfs', 'server'],
  ['image', 'reference'],
]

/** A volume of the spec. Of a kind that is not told apart, the name of its field is what it is made from. */
export function parseVolume(raw: RawVolume): PodVolume {
  const { name } = raw
  for (const [kind, field] of SOURCES) {
    const source = raw[kind]
    if (typeof source !== 'object' || source === null) continue
    const ref = (source as Record<string, unknown>)[field]
    const isToken = kind === 'projected' && hasToken(source)
    return { name, kind: isToken ? 'serviceAccount' : kind, ...(typeof ref === 'string' && ref !== '' ? { ref } : {}) }
  }
  const other = Object.keys(raw).find((key) => key !== 'name')
  // No kind at all means emptyDir (VolumeSource in the API reference).
  return other === undefined ? { name, kind: 'emptyDir' } : { name, kind: 'other', ref: other }
}

/** As the API server adds it to every pod (ServiceAccount admission). */
function hasToken(source: object): boolean {
  const { sources } = source as { sources?: unknown }
  return Array.isArray(sources) && sources.some((one) => typeof one === 'object' && one && 'serviceAccountToken' in one)
}

/** What is not set is left out: thousands of pods are kept. */
export function parseVolumeMount(raw: RawVolumeMount): VolumeMount {
  const subPath = raw.subPath || raw.subPathExpr
  const propagation = raw.mountPropagation
  return {
    volume: raw.name,
    path: raw.mountPath,
    ...(raw.readOnly ? { readOnly: true } : {}),
    ...(subPath ? { subPath } : {}),
    ...(propagation === 'HostToContainer' || propagation === 'Bidirectional' ? { propagation } : {}),
  }
}
