import {
  holdersOf,
  knowsHolders,
  type NetworkEvidence,
  type PodGraph,
  type SocketEvidence,
  visibleText,
} from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { ContainerTag } from './container-tag.tsx'
import styles from './evidence.module.css'

/** Workers that inherited a socket are many, and alike: these many are named. */
const NAMED = 3

/** The processes that hold a socket, by container; or why none is named. */
export function SocketHolders({
  graph,
  network,
  socket,
}: {
  graph: PodGraph
  network: NetworkEvidence
  socket: SocketEvidence
}) {
  const t = useInsideText()
  const holders = holdersOf(socket, graph)
  if (holders.length === 0) {
    const none = socket.inode === 0 ? t.network.closed : knowsHolders(network) ? t.network.stranger : t.inside.unknown
    return <span className={styles.quiet}>{none}</span>
  }
  const containers = [...new Map(holders.map(({ container }) => [container.key, container])).values()]
  return containers.map((container) => {
    const processes = holders.filter((one) => one.container.key === container.key).map(({ process }) => process)
    return (
      <div key={container.key} className={styles.holder}>
        <ContainerTag graph={graph} container={container} />
        <span>
          {processes.slice(0, NAMED).map(({ pid, comm }, index) => (
            <span key={pid}>
              {index > 0 && ', '}
              {processes[index - 1]?.comm !== comm && <code>{visibleText(comm)} </code>}
              {pid}
            </span>
          ))}
          {processes.length > NAMED && ` ${t.inside.more(processes.length - NAMED)}`}
        </span>
      </div>
    )
  })
}
