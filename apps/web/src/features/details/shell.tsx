import { type PodGraph, type SceneRef, type ShellCommand, shellCommands } from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Section } from '../../ui/section.tsx'
import { useFold } from '../../url/use-fold.ts'
import styles from './details.module.css'

/** The commands that show what is selected by hand, each to copy. */
export function Shell({ graph, subject }: { graph: PodGraph; subject: SceneRef }) {
  const t = useInsideText()
  const [onNode, byKubectl] = [useFold('node-shell'), useFold('kubectl')]
  const { node, kubectl } = shellCommands(graph, subject)
  if (node.length + kubectl.length === 0) return null
  return (
    <Section title={t.evidence.shell}>
      {node.length > 0 && (
        <Fold title={t.evidence.onNodeShell} {...onNode}>
          <Commands commands={node} />
        </Fold>
      )}
      {kubectl.length > 0 && (
        <Fold title={t.evidence.kubectl} {...byKubectl}>
          <Commands commands={kubectl} />
        </Fold>
      )}
    </Section>
  )
}

function Commands({ commands }: { commands: readonly ShellCommand[] }) {
  const t = useInsideText()
  return (
    <ul>
      {commands.map(({ topic, text }) => (
        <li key={text} className={styles.command}>
          <p>{t.evidence.topics[topic]}</p>
          <div className={styles.proof}>
            <pre>{text}</pre>
            <CopyButton small text={text} label={text} />
          </div>
        </li>
      ))}
    </ul>
  )
}
