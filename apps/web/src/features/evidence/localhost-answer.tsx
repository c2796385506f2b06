import { endpointText, type PodEvidence, type PodGraph, visibleText, whoAnswers } from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import type { Ask } from '../../url/ask-codec.ts'
import styles from './evidence.module.css'
import { WholeNames } from './whole-names.tsx'

/** The process that answers, its container, and why it is this one. */
export function LocalhostAnswer({ graph, evidence, ask }: { graph: PodGraph; evidence: PodEvidence; ask: Ask }) {
  const t = useInsideText()
  const { answered, reason, network, socket, holders, holdersKnown } = whoAnswers(evidence, graph, ask)
  const address = `localhost:${ask.port}`
  const namespace = network ? `net:[${network.id.inode}]` : t.inside.unknown
  const [first, ...rest] = holders
  const asking = graph.containers.find(({ key }) => key === ask.container)
  const headline = () => {
    if (answered === null) return t.ask.notKnown
    if (!answered) return t.ask.nobody(address)
    if (first) return t.ask.answers(visibleText(first.process.comm), first.process.pid, first.container.name)
    return holdersKnown ? t.ask.stranger : t.ask.someone
  }
  const isOther = answered && first && asking && first.container.key !== asking.key
  return (
    <>
      <p>
        <b>{headline()}</b>
      </p>
      <p>
        <WholeNames
          text={t.ask.reasons[reason](reason === 'none' || !socket ? namespace : endpointText(socket.local))}
        />
      </p>
      {isOther && (
        <p>
          <WholeNames text={t.ask.same(asking.name, first.container.name, namespace)} />
        </p>
      )}
      {answered && rest.length > 0 && <p className={styles.quiet}>{t.ask.also(rest.length)}</p>}
    </>
  )
}
