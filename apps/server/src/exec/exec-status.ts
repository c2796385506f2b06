import { type Told, told } from '@pausescope/shared'
import { z } from 'zod'
import { ExecError, type ExecErrorCode } from './exec-error.ts'

/** How the command ended: the last thing an exec says, on channel 3 (meta/v1 Status). */
const statusSchema = z.object({
  status: z.enum(['Success', 'Failure']),
  reason: z.string().optional(),
  message: z.string().optional(),
  details: z
    .object({ causes: z.array(z.object({ reason: z.string().optional(), message: z.string().optional() })).optional() })
    .optional(),
})

const refusalSchema = z.object({ kind: z.literal('Status'), message: z.string() })

/**
 * Judges the status frame; null for success.
 * @param stderr what the command wrote there: why it failed, mostly
 */
export function errorFromExecStatus(what: Told, frame: string, stderr: string): ExecError | null {
  const parsed = statusSchema.safeParse(parseJson(frame))
  if (!parsed.success) return new ExecError('protocol', told('cannot', { what, why: told('exec.no-status-read') }))
  const { status, message, details } = parsed.data
  if (status === 'Success') return null
  const exit = details?.causes?.find((cause) => cause.reason === 'ExitCode')?.message
  if (exit !== undefined) return errorFromExitCode(what, exit, stderr)
  const why = message === undefined ? told('exec.no-reason') : oneLine(message)
  return new ExecError(codeOf(message ?? ''), told('cannot', { what, why }))
}

/** Judges an exit code, as digits; null for 0. */
export function errorFromExitCode(what: Told, exit: string, stderr: string): ExecError | null {
  if (exit === '0') return null
  const complaint = oneLine(stderr)
  const quoted = complaint ? { stderr: complaint } : null
  const fail = (failure: ExecErrorCode, why: Told) => new ExecError(failure, told('cannot', { what, why }))
  if (exit === '126' || exit === '127') {
    return fail('no-shell', quoted ? told('exec.tool-missing-told', quoted) : told('exec.tool-missing'))
  }
  if (exit === '137') return fail('killed', quoted ? told('exec.killed-told', quoted) : told('exec.killed'))
  const ended = { code: exit }
  return fail('failed', quoted ? told('exec.exit-code-told', { ...ended, ...quoted }) : told('exec.exit-code', ended))
}

/** The error for an answer other than the upgrade; the API server says why in its body. */
export function errorFromRefusal(what: Told, http: number, body: string): ExecError {
  const parsed = refusalSchema.safeParse(parseJson(body))
  const said = parsed.success ? oneLine(parsed.data.message) : null
  const byStatus = { 401: 'unauthorized', 403: 'forbidden', 404: 'not-found' } as const
  const code = byStatus[http as keyof typeof byStatus] ?? codeOf(said ?? '')
  const why = said ?? told('exec.silent-refusal', { status: http })
  return new ExecError(code, told('cannot', { what, why }))
}

/** Kubelet and runtime have no codes of their own for these: only words. */
function codeOf(message: string): 'no-shell' | 'not-running' | 'unreachable' | 'failed' {
  if (/executable file not found|no such file or directory/.test(message)) return 'no-shell'
  if (/container not found|completed pod|not running|not created|does not have a host/.test(message))
    return 'not-running'
  if (/dial tcp|connection refused|error dialing|no route|i\/o timeout|proxy error/.test(message)) return 'unreachable'
  return 'failed'
}

function oneLine(text: string): string {
  const line = text.replace(/[^\x20-\x7e\u00a0-\uffff]+/g, ' ').trim()
  return line.length > 500 ? `${line.slice(0, 500)}…` : line
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
