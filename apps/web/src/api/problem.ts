import type { ToldProblem } from '@pausescope/shared'

/** Why something cannot be shown, as the server or the page itself tells it. */
export type Problem = {
  /** One of PROBLEM_CODES, another code of the server, or of PAGE_PROBLEM_CODES. */
  code: string
  /** What failed, on what and why; for the page's own codes the path or file that was asked for. */
  message: string
  next: string | null
  /** The same without its language, where the server said it. */
  told?: ToldProblem
}

/** Problems that the page finds itself; their texts are in the catalogue. */
export const PAGE_PROBLEM_CODES = ['unreachable', 'malformed'] as const

/** A call of the API that failed. */
export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.name = 'ApiError'
    this.problem = problem
  }
}

/** The problem in whatever a query threw; null when nothing was thrown. */
export function problemOf(error: unknown): Problem | null {
  if (error === null || error === undefined) return null
  if (error instanceof ApiError) return error.problem
  return { code: 'other', message: error instanceof Error ? error.message : String(error), next: null }
}
