import styles from './section.module.css'

/** What a command prints, character for character, below its command line. Long lines are scrolled to. */
export function Printed({ label, command, text }: { label: string; command?: string; text: string }) {
  return (
    // biome-ignore-start lint/a11y: a scrolled part must be reachable by keyboard and have a name
    <pre className={styles.printed} tabIndex={0} role="group" aria-label={label}>
      {command !== undefined && (
        <span className={styles.prompt}>
          $ {command}
          {'\n'}
        </span>
      )}
      {text}
    </pre>
    // biome-ignore-end lint/a11y: as above
  )
}
