import {
  type PodGraph,
  type ProcessName,
  type ProcessTree,
  processTrees,
  psText,
  type TreeProcess,
} from '@pausescope/shared'
import { useMemo } from 'react'
import { type InsideText, useInsideText } from '../../i18n/use-inside-text.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Printed } from '../../ui/printed.tsx'
import { Section } from '../../ui/section.tsx'
import { stripeOf } from '../../ui/stripe.ts'
import { useArguments } from '../../url/use-arguments.ts'
import { useFold } from '../../url/use-fold.ts'
import styles from './details.module.css'

/** Deeper levels stand no further to the right: the panel is narrow. */
const DEEPEST = 6

/** The trees of the PID namespaces that the container's processes live in, or of one namespace. */
export function Processes({
  graph,
  container,
  namespace,
}: {
  graph: PodGraph
  container?: string
  namespace?: string
}) {
  const t = useInsideText()
  const args = useArguments()
  const trees = useMemo(() => {
    const all = processTrees(graph)
    return all.filter((tree) => tree.namespace === namespace || (container && tree.containers.includes(container)))
  }, [graph, container, namespace])
  if (trees.length === 0 || graph.isolation) return null
  return (
    <Section
      title={t.evidence.processes}
      side={
        <Button
          look="plain"
          title={args.shown ? t.evidence.argumentsShown : t.evidence.argumentsHidden}
          onClick={args.toggle}
        >
          {args.shown ? t.details.hideArguments : t.details.showArguments}
        </Button>
      }
    >
      {trees.map((tree) => (
        <Tree key={tree.namespace} tree={tree} />
      ))}
    </Section>
  )
}

function Tree({ tree }: { tree: ProcessTree }) {
  const t = useInsideText()
  const fold = useFold('processes')
  const { namespace, processes, outside, containers } = tree
  const ps = psText(tree)
  return (
    <>
      <table className={styles.processes}>
        <caption>{namespace === null ? t.evidence.noNamespace : t.evidence.processesOf(namespace)}</caption>
        <thead>
          <tr>
            {namespace !== null && <th scope="col">{t.evidence.inside}</th>}
            <th scope="col">{t.evidence.onNode}</th>
            <th scope="col">{t.evidence.process}</th>
          </tr>
        </thead>
        <tbody>
          {processes.map((process) => (
            <tr
              key={process.pid}
              data-stripe={containers.length > 1 ? stripeOf(containers.indexOf(process.container.key)) : undefined}
            >
              {namespace !== null && <td>{process.inner ?? '?'}</td>}
              <td>{process.pid}</td>
              <td>
                <Process process={process} many={containers.length > 1} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {outside > 0 && <p className={styles.quiet}>{t.evidence.outside(outside)}</p>}
      {namespace !== null && ps && (
        <Fold title={t.evidence.ps} {...fold}>
          <Printed label={t.evidence.psOf(namespace)} text={ps} />
          <CopyButton text={ps} label={t.evidence.psOf(namespace)} />
        </Fold>
      )}
    </>
  )
}

function Process({ process, many }: { process: TreeProcess; many: boolean }) {
  const t = useInsideText()
  const { command, container, depth, isFirst, nested, uid, state, zombie } = process
  return (
    <div className={styles.process} data-depth={Math.min(depth, DEEPEST)}>
      <code>{command}</code>
      <p>
        {isFirst && <b title={t.evidence.firstTitle}>{t.evidence.first}</b>}
        {many && <span className={styles.of}>{container.name}</span>}
        <span>
          {t.evidence.user} {uid ?? '?'}, {t.evidence.states[state] ?? state}
        </span>
        {nested && <span>{t.evidence.nested}</span>}
      </p>
      {zombie && (
        <p className={styles.zombie}>
          <b>{t.evidence.zombie}</b>
          <span>
            {t.evidence.reaper(nameOf(t, zombie.parent))}
            {zombie.heir && t.evidence.heir(nameOf(t, zombie.heir))}
          </span>
        </p>
      )}
    </div>
  )
}

function nameOf(t: InsideText, { pid, inner, comm }: ProcessName): string {
  return inner === null || comm === null ? t.evidence.unknownParent(pid) : t.evidence.named(inner, comm)
}
