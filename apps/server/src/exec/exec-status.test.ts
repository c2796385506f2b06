import { told } from '@pausescope/shared'
import { expect, test } from 'vitest'
import { errorFromExecStatus, errorFromRefusal } from './exec-status.ts'

const SCAN = told('quoted', { text: 'scan' })

const failure = (message: string, exit?: string) =>
  JSON.stringify({
    status: 'Failure',
    message,
    details: { causes: exit === undefined ? [] : [{ reason: 'ExitCode', message: exit }] },
  })
const kubelet =
  'error sending request: Post "https://10.0.0.1:10250/exec/": dial tcp 10.0.0.1:10250: connect: connection refused'
const runtime =
  'error executing command in container: OCI runtime exec failed: exec: "sh": executable file not found in $PATH: unknown'

test('success is no error', () => {
  expect(errorFromExecStatus(SCAN, '{"metadata":{},"status":"Success"}', '')).toBeNull()
})

test.each([
  [
    'an exit code',
    failure('', '3'),
    'cannot enter /proc\n',
    'failed',
    'Cannot scan: the command ended with exit code 3: cannot enter /proc',
  ],
  [
    'a missing tool',
    failure('', '127'),
    'sh: xargs: not found',
    'no-shell',
    'Cannot scan: a tool is missing: sh: xargs: not found',
  ],
  ['a kill', failure('', '137'), '', 'killed', 'Cannot scan: the command was killed on the node.'],
  ['no shell', failure(runtime), '', 'no-shell', `Cannot scan: ${runtime}`],
  [
    'a stopped container',
    failure('unable to upgrade connection: container not found ("helper")'),
    '',
    'not-running',
    /container not found/,
  ],
  ['a kubelet that is away', failure(kubelet), '', 'unreachable', `Cannot scan: ${kubelet}`],
  ['words nobody knows', failure('something else'), '', 'failed', 'Cannot scan: something else'],
  ['no reason', '{"status":"Failure"}', '', 'failed', 'Cannot scan: no reason was given'],
  ['half a status', '{"status":"Succ', '', 'protocol', 'Cannot scan: the status of the exec is not readable.'],
  ['another status', '{"status":"Maybe"}', '', 'protocol', 'Cannot scan: the status of the exec is not readable.'],
])('%s', (_, frame, stderr, code, message) => {
  const error = errorFromExecStatus(SCAN, frame, stderr)
  expect(error).toMatchObject({ code, message: typeof message === 'string' ? message : expect.stringMatching(message) })
  expect(error?.next).toBeTruthy()
})

test('what a process wrote is shown without its control codes, and not for ever', () => {
  const error = errorFromExecStatus(SCAN, failure('', '1'), `\u001b[31mred\u001b[0m\n${'x'.repeat(10_000)}`)
  expect(error?.message).not.toContain('\u001b')
  expect(error?.message.length).toBeLessThan(600)
})

test.each([
  [
    403,
    '{"kind":"Status","message":"pods \\"h\\" is forbidden: User \\"u\\" cannot create resource \\"pods/exec\\""}',
    'forbidden',
    /User "u" cannot create resource "pods\/exec"$/,
  ],
  [404, '{"kind":"Status","message":"pods \\"h\\" not found"}', 'not-found', /pods "h" not found$/],
  [401, 'nonsense', 'unauthorized', /HTTP 401/],
  [400, '{"kind":"Status","message":"pod h does not have a host assigned"}', 'not-running', /host assigned/],
  [500, `{"kind":"Status","message":${JSON.stringify(kubelet)}}`, 'unreachable', /connection refused$/],
  [502, '<html>inner addresses</html>', 'failed', /^Cannot scan: the server answered HTTP 502 without saying why\.$/],
])('a refused upgrade: %d %s', (http, body, code, message) => {
  expect(errorFromRefusal(SCAN, http, body)).toMatchObject({ code, message: expect.stringMatching(message) })
})
