import { endpointText, type NetworkEvidence, type PodGraph, type SocketEvidence } from '@pausescope/shared'
import type { ReactNode } from 'react'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { Fold } from '../../ui/fold.tsx'
import { useFold } from '../../url/use-fold.ts'
import styles from './evidence.module.css'
import { Part } from './part.tsx'
import { SocketHolders } from './socket-holders.tsx'

/** Connections are shown at once up to this many; more of them wait for a press. */
const FEW = 12
/** More rows than this are only in the text to copy. */
const MOST = 200

/** Open ports, then connections, each with who holds them. */
export function Sockets({ graph, network, side }: { graph: PodGraph; network: NetworkEvidence; side: ReactNode }) {
  const t = useInsideText()
  const fold = useFold('connected')
  const isOpen = ({ state }: SocketEvidence) => state === 'listen' || state === 'unconnected'
  const open = network.sockets.filter(isOpen)
  const connected = network.sockets.filter((socket) => !isOpen(socket))
  const table = (sockets: readonly SocketEvidence[], caption: string) => (
    <Table graph={graph} network={network} sockets={sockets} caption={caption} />
  )
  const [openTitle, connectedTitle] = [t.network.listening(open.length), t.network.connected(connected.length)]
  return (
    <>
      <Part title={openTitle} side={side}>
        {open.length > 0 && table(open, openTitle)}
      </Part>
      <Part title={connectedTitle}>
        {connected.length > FEW ? (
          <Fold title={t.inside.showAll} {...fold}>
            {table(connected, connectedTitle)}
          </Fold>
        ) : (
          connected.length > 0 && table(connected, connectedTitle)
        )}
      </Part>
    </>
  )
}

function Table({
  graph,
  network,
  sockets,
  caption,
}: {
  graph: PodGraph
  network: NetworkEvidence
  sockets: readonly SocketEvidence[]
  caption: string
}) {
  const t = useInsideText()
  const connects = sockets.some(({ remote }) => remote.port > 0)
  return (
    <>
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{connects ? t.network.ends : t.network.address}</th>
            <th scope="col">{t.network.held}</th>
          </tr>
        </thead>
        <tbody>
          {sockets.slice(0, MOST).map((socket, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: sockets can be alike in all that is known of them
            <tr key={index}>
              <td>
                <Ends socket={socket} />
              </td>
              <td>
                <SocketHolders graph={graph} network={network} socket={socket} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sockets.length > MOST && <p className={styles.quiet}>{t.inside.more(sockets.length - MOST)}</p>}
    </>
  )
}

function Ends({ socket: { protocol, state, local, remote } }: { socket: SocketEvidence }) {
  return (
    <>
      <span className={styles.protocol}>
        {protocol} {state}
      </span>
      <code>{endpointText(local)}</code>
      {remote.port > 0 && <code className={styles.remote}>{endpointText(remote)}</code>}
    </>
  )
}
