import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { chooseContext, forgetCluster } from '../api/context-queries.ts'
import { problemOf } from '../api/problem.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { navigate } from '../url/use-view-state.ts'

/**
 * Which cluster the server shows is the same for all viewers: whoever changes it, everyone is told, and what was known of the
 * one before is forgotten.
 * @param context the one that is shown; undefined as long as that is not known.
 */
export function useContextChoice(context: string | null | undefined) {
  const t = useText()
  const client = useQueryClient()
  const known = useRef(context)
  const [changed, setChanged] = useState(false)
  const { mutate, reset, error, variables, isPending } = useMutation({
    mutationFn: (wanted: string) => chooseContext(client, wanted),
    onSuccess: () => navigate({ recording: null, frame: 0, pod: null, node: null, selection: null, search: '' }),
  })
  useEffect(() => {
    const before = known.current
    known.current = context ?? before
    if (!context || before === undefined || before === context) return
    setChanged(true)
    void forgetCluster(client)
  }, [context, client])

  const dismiss = (
    <Button
      onClick={() => {
        setChanged(false)
        reset()
      }}
    >
      {t.recording.dismiss}
    </Button>
  )
  const problem = problemOf(error)
  const notice = isPending ? (
    <Notice tone="info" layout="strip" title={t.contexts.asking(variables)} />
  ) : problem ? (
    <ProblemNotice layout="strip" problem={problem} title={t.contexts.failed(variables ?? '')} action={dismiss} />
  ) : changed && context ? (
    <Notice tone="info" layout="strip" title={t.contexts.changed(context)} action={dismiss}>
      {t.contexts.forAll}
    </Notice>
  ) : null
  return { notice, choose: mutate }
}
