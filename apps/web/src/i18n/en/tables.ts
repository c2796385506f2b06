/** The tables of a pod and of a node. */
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
  /** The view of a whole node as tables. */
  nodeTable: {
    node: 'The node’s own namespaces',
    pods: 'Pods, and whose namespaces their containers are in',
    explain: 'Pause is left out. In the groups of the picture; arrow keys go from pod to pod.',
    shared: 'Shared across pods',
    pinned: 'Left over: without a process, kept by a pin (a file it is mounted on)',
    ofNoPod: 'Of processes in no pod and no container, such as services of the node',
    none: 'None.',
    columns: {
      namespace: 'Namespace',
      processes: 'Processes',
      pods: 'Pods in it',
      lowest: 'Lowest PID',
      pins: 'Pinned at',
      others: 'Others of the type',
      pod: 'Pod',
    },
    more: (count: number) => `${count} more`,
    scopes: { own: 'own', pod: 'pod', node: 'node', foreign: 'beyond' },
    behind: (runtime: string, evidence: string) => `behind ${runtime} (${evidence}): the node cannot look inside`,
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
