import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { problemOf } from '../../api/problem.ts'
import { agreeToHelper, helperQuery, sourceQuery } from '../../api/queries.ts'
import { useText } from '../../i18n/use-text.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import styles from './helper-dialog.module.css'

/**
 * Shows what would be created on the node and asks. Nothing is created before the person agrees. Closes by itself when
 * the helper is ready, and has the observations asked for again.
 */
export default function HelperDialog({ node, onClose }: { node: string; onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const helper = useQuery(helperQuery(node))
  const agree = useMutation({
    mutationFn: () => agreeToHelper(node, client.getQueryData(sourceQuery.queryKey)?.context ?? null),
    onMutate: () =>
      client.setQueryData(helperQuery(node).queryKey, (last) => last && { ...last, state: 'creating' as const }),
    onSuccess: (reply) => client.setQueryData(helperQuery(node).queryKey, reply),
    onError: () => client.invalidateQueries({ queryKey: helperQuery(node).queryKey }),
  })
  const state = helper.data?.state
  const ready = state === 'ready'
  useEffect(() => {
    if (!ready) return
    void client.invalidateQueries({ queryKey: ['observation'] })
    onClose()
  }, [ready, client, onClose])

  const problem = problemOf(agree.error ?? helper.error)
  const { detail, told } = helper.data ?? {}
  const failure = detail ? t.tell(told, detail) : t.helper.failed
  const busy = agree.isPending || state === 'creating'
  return (
    <Dialog
      title={t.helper.title(node)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{busy ? t.helper.close : t.helper.cancel}</Button>
          <Button look="solid" disabled={busy || !helper.data} onClick={() => agree.mutate()}>
            {state === 'failed' ? t.helper.retry : t.helper.agree}
          </Button>
        </>
      }
    >
      <p className={styles.intro}>{t.helper.intro}</p>
      {problem && <ProblemNotice problem={problem} layout="box" />}
      {!problem && state === 'failed' && (
        <ProblemNotice layout="box" problem={{ code: 'helper-failed', message: failure, next: null }} />
      )}
      <div className={styles.line}>
        <h3>{t.helper.manifest}</h3>
        {helper.data && <CopyButton text={helper.data.manifest} label={t.helper.manifest} />}
      </div>
      {/* biome-ignore-start lint/a11y: a scrolled part must be reachable by keyboard and have a name */}
      <pre className={styles.manifest} tabIndex={0} aria-label={t.helper.manifest} role="group">
        {helper.data?.manifest ?? (helper.error ? '' : t.helper.loading)}
      </pre>
      {/* biome-ignore-end lint/a11y: as above */}
      <p className={styles.progress} role="status">
        {busy && t.helper.creating}
      </p>
    </Dialog>
  )
}
