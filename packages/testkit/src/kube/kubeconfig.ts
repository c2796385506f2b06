export type KubeconfigOptions = {
  /** Default `testkit`. */
  contextName?: string
  token?: string
  /** Namespace of the context. */
  namespace?: string
  /** Another address than the cluster's, for a server that is not there. */
  server?: string
}

/** A kubeconfig for one user of a cluster, as YAML. `authority`: PEM of what signed the server's certificate. */
export function kubeconfigYaml(
  server: string,
  token: string,
  authority: string | null,
  options: KubeconfigOptions = {},
): string {
  const context = JSON.stringify(options.contextName ?? 'testkit')
  const namespace = options.namespace === undefined ? '' : `\n      namespace: ${JSON.stringify(options.namespace)}`
  // The JavaScript client refuses plain http without this.
  const trust =
    authority === null
      ? 'insecure-skip-tls-verify: true'
      : `certificate-authority-data: ${Buffer.from(authority).toString('base64')}`
  return `apiVersion: v1
kind: Config
current-context: ${context}
clusters:
  - name: ${context}
    cluster:
      server: ${JSON.stringify(options.server ?? server)}
      ${trust}
users:
  - name: ${context}
    user:
      token: ${JSON.stringify(options.token ?? token)}
contexts:
  - name: ${context}
    context:
      cluster: ${context}
      user: ${context}${namespace}
`
}
