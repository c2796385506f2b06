import { z } from 'zod'
import { ExecError } from './exec-error.ts'

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
export function errorFromExecStatus(what: string, frame: string, stderr: string): ExecError | null {
  const parsed = statusSchema.safeParse(parseJson(frame))
  if (!parsed.success) return new ExecError('protocol', `Cannot ${what}: the status of the exec is not readable.`)
  const { status, message = 'no reason was given', details } = parsed.data
  if (status === 'Success') return null
  const exit = details?.causes?.find((cause) => cause.reason === 'ExitCode')?.message
  if (exit !== undefined) return errorFromExitCode(what, exit, stderr)
  return new ExecError(codeOf(message), `Cannot ${what}: ${oneLine(message)}`)
}

/** Judges an exit code, as digits; null for 0. */
export function errorFromExitCode(what: string, exit: string, stderr: string): ExecError | null {
  if (exit === '0') return null
  const told = oneLine(stderr)
  const because = told ? `: ${told}` : '.'
  if (exit === '126' || exit === '127') return new ExecError('no-shell', `Cannot ${what}: a tool is missing${because}`)
  if (exit === '137') return new ExecError('killed', `Cannot ${what}: the command was killed on the node${because}`)
  return new ExecError('failed', `Cannot ${what}: the command ended with exit code ${exit}${because}`)
}

/** The error for an answer other than the upgrade; the API server says why in its body. */
export function errorFromRefusal(what: string, http: number, body: string): ExecError {
  const parsed = refusalSchema.safeParse(parseJson(body))
  const told = parsed.success ? oneLine(parsed.data.message) : `the server answered HTTP ${http} without saying why.`
  const byStatus = { 401: 'unauthorized', 403: 'forbidden', 404: 'not-found' } as const
  const code = byStatus[http as keyof typeof byStatus] ?? codeOf(told)
  return new ExecError(code, `Cannot ${what}: ${told}`)
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
