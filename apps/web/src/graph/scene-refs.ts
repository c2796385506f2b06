import type { Scene, SceneNode, SceneRef } from '@pausescope/shared'
import { refId } from './ref-id.ts'

/** Everything in the scene that can be pointed at, by its id. */
export function sceneRefs(scene: Scene): Map<string, SceneRef> {
  const refs = new Map<string, SceneRef>()
  const visit = (node: SceneNode) => {
    if (node.kind !== 'group') return
    if (node.ref) refs.set(refId(node.ref), node.ref)
    node.children.forEach(visit)
  }
  scene.children.forEach(visit)
  return refs
}
