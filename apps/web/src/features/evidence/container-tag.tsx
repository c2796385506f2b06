import type { PodGraph } from '@pausescope/shared'
import { stripeOf } from '../../ui/stripe.ts'
import styles from './evidence.module.css'

/** A container's name beside its hue. */
export function ContainerTag({ graph, container }: { graph: PodGraph; container: { key: string; name: string } }) {
  const index = graph.containers.findIndex(({ key }) => key === container.key)
  return (
    <span className={styles.tag} data-stripe={stripeOf(Math.max(0, index))}>
      {container.name}
    </span>
  )
}
