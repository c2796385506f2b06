import { told } from '@pausescope/shared'
import { z } from 'zod'
import { resolveAccess } from './api-access.ts'
import { environmentProxy } from './environment-proxy.ts'
import { KubeApi } from './kube-api.ts'
import { KubeError } from './kube-error.ts'
import { type KubeconfigOptions, loadKubeconfig } from './kubeconfig.ts'

/** A cluster that answered. */
export type Cluster = {
  api: KubeApi
  /** Name of the kubeconfig's context. */
  context: string
  /** Address of the API server, without credentials. */
  server: string
  /** The context's Kubernetes namespace. */
  namespace: string
  /** As in `v1.36.2`. */
  version: string
}

const VERSION_DEADLINE_MS = 5_000

const versionSchema = z.object({ gitVersion: z.string() })

/**
 * Finds the cluster of the kubeconfig and asks for its version.
 * @throws KubeError when there is no kubeconfig, it is not usable, or the API server does not answer in time.
 */
export async function connect(
  options: KubeconfigOptions & { signal?: AbortSignal; deadlineMs?: number },
): Promise<Cluster> {
  const config = await loadKubeconfig(options)
  const context = config.getCurrentContext()
  const server = new URL(config.getCurrentCluster()?.server ?? '')
  const proxy = environmentProxy(server, options.env)
  const api = new KubeApi({ access: () => resolveAccess(config, proxy) })
  const what = told('do.reach', { context })
  const answer = await api.request({
    what,
    path: '/version',
    deadlineMs: options.deadlineMs ?? VERSION_DEADLINE_MS,
    ...(options.signal ? { signal: options.signal } : {}),
  })
  const version = versionSchema.safeParse(answer)
  if (!version.success) {
    throw new KubeError(
      'server-error',
      told('cannot', { what, why: told('kube.not-kubernetes', { server: server.origin }) }),
    )
  }
  return {
    api,
    context,
    server: server.origin + server.pathname.replace(/\/$/, ''),
    namespace: config.getContextObject(context)?.namespace ?? 'default',
    version: version.data.gitVersion,
  }
}
