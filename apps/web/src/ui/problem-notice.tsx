import { PROBLEM_CODES } from '@pausescope/shared'
import type { ReactNode } from 'react'
import { PAGE_PROBLEM_CODES, type Problem } from '../api/problem.ts'
import type { Catalogue } from '../i18n/en.ts'
import { useText } from '../i18n/use-text.ts'
import { Notice, type NoticeLayout, type NoticeTone } from './notice.tsx'

const QUIET: readonly string[] = ['helper-needed', 'helper-creating', 'not-scheduled', 'windows', 'not-recorded']
const TITLED = [...PROBLEM_CODES, ...PAGE_PROBLEM_CODES, 'pod-not-found', 'token-needed'] as const

/** What is the matter, in the words of the page where it found the problem itself and of the server elsewhere. */
export function ProblemNotice({
  problem,
  layout,
  title,
  note,
  action,
}: {
  problem: Problem
  layout: NoticeLayout
  /** What cannot be shown, instead of the problem's own title. */
  title?: string
  /** A sentence after the cause: what is shown all the same. */
  note?: string
  action?: ReactNode
}) {
  const t = useText()
  const { text, next } = describeProblem(t, problem)
  return (
    <Notice
      tone={problemTone(problem.code)}
      layout={layout}
      title={title ?? problemTitle(t, problem.code)}
      next={next}
      action={action}
    >
      {note ? `${text.replace(/[^.!?]$/, '$&.')} ${note}` : text}
    </Notice>
  )
}

function problemTone(code: string): NoticeTone {
  if (QUIET.includes(code)) return 'info'
  return code === 'stale' ? 'warn' : 'bad'
}

function problemTitle(t: Catalogue, code: string): string {
  const known = TITLED.find((name) => name === code)
  return known ? t.problem.titles[known] : t.problem.other
}

function describeProblem(t: Catalogue, { code, message, next, told }: Problem): { text: string; next: string | null } {
  switch (code) {
    case 'unreachable':
      return { text: t.problem.unreachable, next: t.problem.unreachableNext }
    case 'malformed':
      return { text: t.problem.malformed(message), next: t.problem.malformedNext }
    default:
      return { text: t.tell(told?.message, message), next: next && t.tell(told?.next, next) }
  }
}
