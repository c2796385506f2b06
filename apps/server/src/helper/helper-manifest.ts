import { createHash } from 'node:crypto'
import { stringify } from 'yaml'
import { HELPER_SCRIPT, LEASE_FOLDER } from './helper-script.ts'

const HELPER_NAME = 'pausescope-helper'
/** The container of a helper pod, made by us or by an installed DaemonSet. */
export const HELPER_CONTAINER = 'helper'
export const HELPER_LABELS = { 'app.kubernetes.io/name': HELPER_NAME, 'app.kubernetes.io/managed-by': 'pausescope' }
export const RUN_LABEL = 'app.kubernetes.io/instance'

/** Selects the helpers of everyone: ours, other servers', an installed DaemonSet's. */
export const HELPER_SELECTOR = `app.kubernetes.io/name=${HELPER_NAME}`

export type HelperSettings = {
  /** Kubernetes namespace of the helpers. */
  namespace: string
  image: string
  /** Names this run of the server, as a label value: lower-case letters and digits. */
  run: string
}

/** A helper unused for this long ends itself. */
const IDLE_MINUTES = 15
/** A helper ends at this age, used or not. */
const LIFE_SECONDS = 8 * 3600

export type HelperManifest = ReturnType<typeof helperManifest>

/** The helpers' own namespace: only the Pod Security level "privileged" admits hostPID. */
export function namespaceManifest({ namespace }: HelperSettings) {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: {
        'app.kubernetes.io/managed-by': 'pausescope',
        'pod-security.kubernetes.io/enforce': 'privileged',
        'pod-security.kubernetes.io/audit': 'privileged',
        'pod-security.kubernetes.io/warn': 'privileged',
      },
    },
  }
}

/**
 * The helper of one node: it may read every process of the node and nothing else. `nodeName` goes past the scheduler, so that
 * cordoned, tainted and full nodes can be looked at too; the tolerations are for the kubelet's own check.
 */
export function helperManifest(node: string, { namespace, image, run }: HelperSettings) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: helperPodName(node, run),
      namespace,
      labels: { ...HELPER_LABELS, [RUN_LABEL]: run },
    },
    spec: {
      nodeName: node,
      tolerations: [{ operator: 'Exists' }],
      restartPolicy: 'Never',
      activeDeadlineSeconds: LIFE_SECONDS,
      terminationGracePeriodSeconds: 1,
      hostPID: true,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      containers: [
        {
          name: HELPER_CONTAINER,
          image,
          command: ['sh', '-c', HELPER_SCRIPT, HELPER_NAME, LEASE_FOLDER, '60', String(IDLE_MINUTES)],
          securityContext: {
            runAsUser: 0,
            runAsGroup: 0,
            privileged: false,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'], add: ['SYS_PTRACE'] },
            seccompProfile: { type: 'RuntimeDefault' },
            // The runtime's default profile denies reading /proc/PID/ns even with the capability.
            appArmorProfile: { type: 'Unconfined' },
          },
          resources: {
            requests: { cpu: '10m', memory: '16Mi' },
            limits: { cpu: '1', memory: '128Mi' },
          },
          volumeMounts: [{ name: 'lease', mountPath: LEASE_FOLDER }],
        },
      ],
      volumes: [{ name: 'lease', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }],
    },
  }
}

/** What is applied for a node, as YAML, to be read before agreeing. */
export function manifestYaml(node: string, settings: HelperSettings): string {
  return [namespaceManifest(settings), helperManifest(node, settings)]
    .map((manifest) => stringify(manifest, { lineWidth: 0 }))
    .join('---\n')
}

/** Node names may be longer than a pod's name and label may be, so the name carries a hash of it. */
function helperPodName(node: string, run: string): string {
  const hash = createHash('sha256').update(node).digest('hex').slice(0, 10)
  return `${HELPER_NAME}-${hash}-${run}`
}
