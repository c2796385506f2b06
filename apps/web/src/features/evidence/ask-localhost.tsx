import type { GraphContainer, NetworkEvidence, PodEvidence, PodGraph } from '@pausescope/shared'
import { useState } from 'react'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { type Ask, MOST_PORT } from '../../url/ask-codec.ts'
import { navigate, useViewState } from '../../url/use-view-state.ts'
import styles from './evidence.module.css'
import { LocalhostAnswer } from './localhost-answer.tsx'
import { Part } from './part.tsx'

const PROTOCOLS = ['tcp', 'udp'] as const
/** More open ports than this are not suggested. */
/** More open ports than this are not suggested. */
const MOST_PORTS = 16

/** A question as it is typed: what is in the field need not be a port. */
type Draft = Omit<Ask, 'port'> & { port: string }

/** "Who answers localhost at this port in this container?" What is asked is in the address. */
export function AskLocalhost({
  graph,
  evidence,
  network,
  members,
}: {
  graph: PodGraph
  evidence: PodEvidence
  network: NetworkEvidence
  members: readonly GraphContainer[]
}) {
  const t = useInsideText()
  const { ask } = useViewState()
  const [draft, setDraft] = useState<Partial<Draft>>({})
  const alive = graph.containers.filter(({ pid }) => pid !== null)
  const member = members.find(({ kind, pid }) => kind !== 'sandbox' && pid !== null) ?? members[0]
  const chosen = ask?.container ?? draft.container
  const container = alive.find(({ key }) => key === chosen) ?? member
  if (!container) return null
  const now: Draft = {
    container: container.key,
    port: ask ? String(ask.port) : (draft.port ?? ''),
    protocol: ask?.protocol ?? draft.protocol ?? 'tcp',
  }
  const say = (patch: Partial<Draft>) => {
    const next = { ...now, ...patch }
    const port = portOf(next.port)
    setDraft(port === null ? next : {})
    navigate({ ask: port === null ? null : { ...next, port } }, 'replace')
  }
  return (
    <Part title={t.ask.title}>
      <div className={styles.ask}>
        <label>
          {t.ask.container}
          <select value={container.key} onChange={(event) => say({ container: event.target.value })}>
            {alive.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.ask.port}
          <input
            inputMode="numeric"
            autoComplete="off"
            maxLength={5}
            value={now.port}
            onChange={(event) => say({ port: event.target.value.trim() })}
          />
        </label>
        <label>
          {t.ask.protocol}
          <select
            value={now.protocol}
            onChange={(event) => say({ protocol: event.target.value === 'udp' ? 'udp' : 'tcp' })}
          >
            {PROTOCOLS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </div>
      <p className={styles.ports}>
        {openPorts(network).map(({ port, protocol }) => (
          <button
            key={`${port} ${protocol}`}
            type="button"
            aria-label={t.ask.use(port, protocol)}
            aria-pressed={ask?.port === port && ask.protocol === protocol}
            onClick={() => say({ port: String(port), protocol })}
          >
            {port} <span>{protocol}</span>
          </button>
        ))}
      </p>
      <div role="status" className={styles.answer}>
        {ask ? (
          <LocalhostAnswer graph={graph} evidence={evidence} ask={{ ...ask, container: container.key }} />
        ) : (
          <p className={styles.quiet}>{now.port === '' ? t.ask.hint : t.ask.badPort}</p>
        )}
      </div>
    </Part>
  )
}

function portOf(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port > 0 && port <= MOST_PORT ? port : null
}

/** Ports to suggest: each once, lowest first. */
function openPorts({ sockets }: NetworkEvidence): Pick<Ask, 'port' | 'protocol'>[] {
  const open = sockets.filter(({ state }) => state === 'listen' || state === 'unconnected')
  const found = new Map(
    open.map(({ local, protocol: name }) => {
      const protocol = name.startsWith('tcp') ? ('tcp' as const) : ('udp' as const)
      return [`${local.port} ${protocol}`, { port: local.port, protocol }]
    }),
  )
  return [...found.values()]
    .filter(({ port }) => port > 0)
    .sort((a, b) => a.port - b.port)
    .slice(0, MOST_PORTS)
}
