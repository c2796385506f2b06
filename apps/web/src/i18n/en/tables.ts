/** The table of a pod, and what its containers are. */
export const tables = {
  table: {
    caption: (pod: string) => `Namespaces of each container of ${pod}`,
    explain:
      'Equal letters in a column mean the same inode: the same namespace. No letter: the container’s own. Dashed: the node’s.',
    container: 'Container',
    shared: 'shared,',
    fresh: 'new',
    differs: 'not as the spec says',
    own: 'own',
    node: 'node',
    foreign: 'outside the pod',
    unread: 'not read',
    absent: 'no process',
    sandbox: 'sandbox',
  },
  kind: {
    sandbox: 'sandbox',
    init: 'init container',
    sidecar: 'sidecar',
    app: 'container',
    ephemeral: 'ephemeral container',
    unknown: 'container that the API server does not name',
  },
  state: {
    running: (since: string | null) => (since ? `Running since ${since}` : 'Running'),
    waiting: (reason: string | null) => (reason ? `Waiting: ${reason}` : 'Waiting'),
    terminated: (reason: string | null, code: number | null, at: string | null) =>
      [reason ?? 'Terminated', code === null ? null : `exit code ${code}`, at && `at ${at}`].filter(Boolean).join(', '),
    unknown: 'Unknown',
  },
}

export type TablesTexts = typeof tables
