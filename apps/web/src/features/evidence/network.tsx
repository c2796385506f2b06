import {
  type GraphContainer,
  ipAddrText,
  ipRouteText,
  type PodEvidence,
  type PodGraph,
  ssText,
} from '@pausescope/shared'
import { type InsideText, useInsideText } from '../../i18n/use-inside-text.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { AskLocalhost } from './ask-localhost.tsx'
import styles from './evidence.module.css'
import { Gaps } from './gaps.tsx'
import { Interfaces } from './interfaces.tsx'
import { Measured } from './measured.tsx'
import { Part } from './part.tsx'
import { Routes } from './routes.tsx'
import { Sockets } from './sockets.tsx'
import { WholeNames } from './whole-names.tsx'

/** A network namespace as `ip addr`, `ip route` and `ss` show it, with the containers that hold its sockets. */
export function Network({
  graph,
  evidence,
  inode,
  members,
}: {
  graph: PodGraph
  evidence: PodEvidence
  inode: number
  members: readonly string[]
}) {
  const t = useInsideText()
  const network = evidence.networks.find(({ id }) => id.inode === inode)
  const inIt = graph.containers.filter(({ key }) => members.includes(key))
  const isNodes = graph.observation.baseline.net?.inode === inode
  return (
    <>
      <p className={styles.lead}>
        <WholeNames text={whoseText(t, `net:[${inode}]`, inIt, isNodes)} />
      </p>
      <Gaps gaps={[...evidence.gaps, ...(network?.gaps ?? [])]} />
      {network && (
        <>
          <Part title={t.network.interfaces} side={<Copy command="ip -br addr" text={ipAddrText(network)} />}>
            <Interfaces interfaces={network.interfaces} others={network.otherAddresses ?? []} />
          </Part>
          <Part title={t.network.routes} side={<Copy command="ip route" text={ipRouteText(network)} />}>
            <Routes routes={network.routes} />
          </Part>
          <AskLocalhost graph={graph} evidence={evidence} network={network} members={inIt} />
          <Sockets graph={graph} network={network} side={<Copy command="ss -tunap" text={ssText(network, graph)} />} />
          <Measured evidence={evidence} pid={network.pid} />
        </>
      )}
    </>
  )
}

function Copy({ command, text }: { command: string; text: string }) {
  const t = useInsideText()
  return text !== '' && <CopyButton text={text} label={t.inside.copyAs(command)} />
}

/** Why its containers have the same addresses: it is one namespace. */
function whoseText(t: InsideText, namespace: string, members: readonly GraphContainer[], isNodes: boolean): string {
  const names = members.map(({ name }) => name)
  const [name] = names
  if (name === undefined) return t.network.empty(namespace)
  if (isNodes) return t.network.nodes(namespace, names)
  return names.length === 1 ? t.network.alone(namespace, name) : t.network.one(namespace, names)
}
