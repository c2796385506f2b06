import type { Told } from '@pausescope/shared'

/** What could not be shown, and the helper. */
export const problems = {
  /** A sentence of the server, or of a scan; it comes with the English one. */
  tell: (_told: Told | null | undefined, english: string): string => english,
  problem: {
    titles: {
      'helper-needed': 'This node has not been read yet',
      'helper-creating': 'The helper is starting',
      'helper-failed': 'The helper did not start',
      forbidden: 'You are not allowed to do this',
      'cluster-unreachable': 'The API server cannot be reached',
      'node-unreachable': 'The node cannot be reached',
      'scan-failed': 'The node could not be read',
      stale: 'Not fresh',
      'not-scheduled': 'This pod has no node yet',
      'pod-gone': 'This pod is gone',
      'pod-not-found': 'This pod is gone',
      windows: 'A Windows pod',
      'not-recorded': 'The whole node was not recorded',
      'token-needed': 'This page has no token of the server',
      unreachable: 'The server does not answer',
      malformed: 'The server’s answer was not understood',
    },
    other: 'Something is wrong',
    seenAt: (at: string) => `What you see is of ${at}.`,
    withoutScan: 'Known from the API server only: containers and their states, no namespaces.',
    unreachable: 'The page got no answer from the Pausescope server.',
    unreachableNext: 'Start it again with “npm start”, or look at its terminal for the reason.',
    malformed: (what: string) => `The answer for ${what} does not have the agreed shape.`,
    malformedNext: 'Page and server may be of different versions: reload the page.',
    retry: 'Try again',
    goneNext: 'Pick another pod in the list.',
  },
  helper: {
    open: 'Read this node…',
    why: 'Namespaces are facts of the node’s kernel. To read them, a small helper pod must run there.',
    title: (node: string) => `Start a helper on ${node}?`,
    intro:
      'Pausescope will create exactly what is shown below, read /proc through it, and remove it when the server stops.',
    manifest: 'What will be created',
    agree: 'Agree and start',
    cancel: 'Not now',
    close: 'Close',
    retry: 'Try again',
    creating: 'Starting the helper. This takes some seconds.',
    loading: 'Loading what would be created',
    failed: 'The helper did not start.',
  },
}

export type ProblemsTexts = typeof problems
