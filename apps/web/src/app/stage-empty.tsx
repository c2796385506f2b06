import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Problem } from '../api/problem.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { StageSkeleton } from './stage-skeleton.tsx'
import type { StageState } from './stage-state.ts'

/** The stage without a picture: what is the matter and what to do next. */
export function StageEmpty({
  state,
  onFile,
  onShowList,
}: {
  state: StageState
  onFile: (file: File) => void
  onShowList: () => void
}) {
  const t = useText()
  const client = useQueryClient()
  const pickInList = <Button onClick={onShowList}>{t.pick.search}</Button>
  switch (state.kind) {
    case 'shown':
    case 'loading':
    case 'node':
      return <StageSkeleton />
    case 'pick':
      return (
        <Notice tone="info" layout="page" title={t.pick.title} action={pickInList}>
          {t.pick.text}
        </Notice>
      )
    case 'unknown':
      return (
        <Notice tone="warn" layout="page" title={t.pick.unknownTitle} next={t.pick.unknownNext} action={pickInList}>
          {t.pick.unknown(state.pod)}
        </Notice>
      )
    case 'failed':
      if (state.what === 'recording') return <RecordingProblem problem={state.problem} onFile={onFile} />
      return (
        <ProblemNotice
          layout="page"
          problem={state.problem}
          action={<Button onClick={() => client.invalidateQueries()}>{t.problem.retry}</Button>}
        />
      )
  }
}

function RecordingProblem({ problem, onFile }: { problem: Problem; onFile: (file: File) => void }) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const open = (
    <>
      <Button look="solid" icon="folder" onClick={() => input.current?.click()}>
        {t.recording.open}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t.recording.open}
        onChange={(event) => event.target.files?.[0] && onFile(event.target.files[0])}
      />
    </>
  )
  if (problem.code === 'not-open') {
    return (
      <Notice tone="warn" layout="page" title={t.recording.notHereTitle} next={t.recording.notHereNext} action={open}>
        {t.recording.notHere(problem.message)}
      </Notice>
    )
  }
  if (problem.code === 'none') {
    return (
      <Notice tone="info" layout="page" title={t.recording.noneTitle} action={open}>
        {t.recording.none}
      </Notice>
    )
  }
  return <ProblemNotice layout="page" problem={problem} title={t.recording.loadFailed} action={open} />
}
