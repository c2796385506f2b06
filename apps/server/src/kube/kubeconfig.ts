import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'
import { type ToldValue, told } from '@pausescope/shared'
import { KubeError } from './kube-error.ts'

export type KubeconfigOptions = {
  /** `--kubeconfig FILE` */
  kubeconfig?: string | undefined
  /** `--context NAME` */
  context?: string | undefined
  env: NodeJS.ProcessEnv
  /** The user's home directory. */
  home: string
  /** Root of a pod's service account files; only tests set it. */
  serviceAccountRoot?: string
}

const SERVICE_ACCOUNT_TOKEN = 'var/run/secrets/kubernetes.io/serviceaccount/token'

/**
 * Finds the cluster and credentials by kubectl's precedence: --kubeconfig, the files of KUBECONFIG merged, ~/.kube/config,
 * the account of the pod we run in. The client's own loadFromDefault is not used: it ends at http://localhost:8080.
 * @throws KubeError `no-kubeconfig`, `bad-kubeconfig`, `no-context`.
 */
export async function loadKubeconfig(options: KubeconfigOptions): Promise<KubeConfig> {
  const { env } = options
  const wanted = wantedFiles(options)
  const files = wanted.filter((file) => existsSync(file))
  const root = options.serviceAccountRoot ?? '/'
  const inCluster = Boolean(env.KUBERNETES_SERVICE_HOST) && existsSync(join(root, SERVICE_ACCOUNT_TOKEN))
  if (files.length === 0 && !inCluster) {
    throw new KubeError('no-kubeconfig', told('kubeconfig.none', { files: wanted }))
  }
  // The client takes a second to load; who has no cluster does without.
  const { KubeConfig: Config } = await import('@kubernetes/client-node')
  if (files.length === 0) {
    const config = new Config()
    config.loadFromCluster(root === '/' ? '' : root)
    return config
  }
  const config = readFiles(Config, files)
  chooseContext(config, options.context, files.join(', '))
  return config
}

/**
 * The names of the contexts that `loadKubeconfig` can be given, sorted; none where there is no kubeconfig, as in a pod.
 * @throws KubeError `no-kubeconfig` for a `--kubeconfig` that is not there, `bad-kubeconfig`.
 */
export async function listContexts(options: KubeconfigOptions): Promise<string[]> {
  const files = wantedFiles(options).filter((file) => existsSync(file))
  if (files.length === 0) return []
  const { KubeConfig: Config } = await import('@kubernetes/client-node')
  return readFiles(Config, files)
    .contexts.map(({ name }) => name)
    .sort()
}

function readFiles(Config: new () => KubeConfig, files: readonly string[]): KubeConfig {
  return merge(
    new Config(),
    files.map((file) => readConfig(new Config(), file)),
  )
}

function wantedFiles(options: KubeconfigOptions): string[] {
  const { kubeconfig } = options
  if (kubeconfig === undefined) return candidates(options)
  if (existsSync(kubeconfig)) return [kubeconfig]
  throw new KubeError('no-kubeconfig', told('kubeconfig.missing', { file: kubeconfig }))
}

function candidates({ env, home }: KubeconfigOptions): string[] {
  const listed = env.KUBECONFIG?.split(delimiter).filter((file) => file !== '') ?? []
  return listed.length > 0 ? listed : [join(home, '.kube', 'config')]
}

function readConfig(config: KubeConfig, file: string): KubeConfig {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    throw new KubeError('bad-kubeconfig', told('kubeconfig.unreadable', { file, code }))
  }
  if (text.trim() === '') return config
  try {
    config.loadFromString(text)
  } catch (cause) {
    throw new KubeError('bad-kubeconfig', told('kubeconfig.invalid', { file, reason: reasonOf(cause) }))
  }
  config.makePathsAbsolute(dirname(file))
  for (const { exec } of config.users) {
    // As kubectl has it: a command with a slash is relative to the kubeconfig's folder.
    if (exec?.command?.includes('/') && !isAbsolute(exec.command)) exec.command = join(dirname(file), exec.command)
  }
  return config
}

/** The YAML reader's own message quotes lines of the file, which may hold credentials: only its reason is passed on. */
function reasonOf(cause: unknown): ToldValue {
  const { reason, mark } = cause as { reason?: string; mark?: { line: number } }
  if (reason !== undefined) return mark ? told('kubeconfig.reason-in-line', { reason, line: mark.line + 1 }) : reason
  const message = (cause as Error).message
  return /^(clusters|contexts|users)\[/.test(message) ? message : told('kubeconfig.other-form')
}

/** As kubectl merges: the first file that names a thing wins. */
function merge(merged: KubeConfig, configs: KubeConfig[]): KubeConfig {
  const first = <T extends { name: string }>(lists: T[][]) => [
    ...new Map(
      lists
        .flat()
        .reverse()
        .map((entry) => [entry.name, entry]),
    ).values(),
  ]
  merged.loadFromOptions({
    clusters: first(configs.map((config) => config.clusters)),
    contexts: first(configs.map((config) => config.contexts)),
    users: first(configs.map((config) => config.users)),
    currentContext: configs.map((config) => config.currentContext).find((name) => Boolean(name)),
  })
  return merged
}

function chooseContext(config: KubeConfig, wanted: string | undefined, where: string): void {
  const name = wanted ?? config.currentContext
  const known = config.contexts.map((context) => context.name).sort()
  const contexts =
    known.length === 0 ? told('kubeconfig.no-contexts') : told('kubeconfig.contexts', { names: known.slice(0, 10) })
  if (!name) throw new KubeError('no-context', told('kubeconfig.no-current', { files: where, contexts }))
  const context = config.getContextObject(name)
  if (!context)
    throw new KubeError('no-context', told('kubeconfig.no-context', { files: where, context: name, contexts }))
  config.setCurrentContext(name)
  const cluster = config.getCurrentCluster()
  if (!cluster) {
    throw new KubeError(
      'bad-kubeconfig',
      told('kubeconfig.no-cluster', { context: name, cluster: context.cluster, files: where }),
    )
  }
  if (!context.user) {
    // The client applies a cluster's certificates only where there is a user.
    Object.assign(context, { user: 'anonymous' })
    if (!config.getCurrentUser()) config.addUser({ name: 'anonymous' })
  } else if (!config.getCurrentUser()) {
    throw new KubeError(
      'bad-kubeconfig',
      told('kubeconfig.no-user', { context: name, user: context.user, files: where }),
    )
  }
  if (!URL.canParse(cluster.server)) {
    throw new KubeError('bad-kubeconfig', told('kubeconfig.no-address', { cluster: cluster.name, files: where }))
  }
}
