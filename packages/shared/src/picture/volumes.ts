import type { PodGraph } from '../graph/graph-types.ts'
import type { PodVolume } from '../model/pod.ts'
import { groupBy } from '../observe/group-by.ts'

/** Where containers mount a volume: at one path, and all read-only or all not. Keys of containers, in the graph's order. */
export type VolumeUse = { path: string; readOnly: boolean; containers: readonly string[] }

/** A volume, as the pod's spec mounts it. */
export type PictureVolume = PodVolume & {
  uses: readonly VolumeUse[]
  /** Keys of all containers that mount it. */
  containers: readonly string[]
}

/** What stands in the layer of files: volumes in several containers, and those in one alone. In the order of the spec. */
export type PictureFiles = { shared: readonly PictureVolume[]; alone: readonly PictureVolume[] }

/** The second way to share, by the pod's spec: the picture of one observation needs nothing else. */
export function filesOf({ containers, observation: { pod } }: PodGraph): PictureFiles {
  const wishes = containers.flatMap(({ key }) => {
    const spec = pod.containers.find(({ name }) => key === `container:${name}`)
    return (spec?.volumeMounts ?? []).map((mount) => ({ ...mount, container: key }))
  })
  const volumes = (pod.volumes ?? []).map((volume): PictureVolume => {
    const own = wishes.filter((wish) => wish.volume === volume.name)
    const uses = groupBy(own, ({ path, readOnly }) => `${readOnly ? 'ro' : 'rw'} ${path}`)
    return {
      ...volume,
      containers: [...new Set(own.map(({ container }) => container))],
      uses: [...uses.values()].map((group) => ({
        path: group[0]?.path ?? '',
        readOnly: group[0]?.readOnly ?? false,
        containers: [...new Set(group.map(({ container }) => container))],
      })),
    }
  })
  return {
    shared: volumes.filter((volume) => volume.containers.length > 1),
    alone: volumes.filter((volume) => volume.containers.length === 1),
  }
}
