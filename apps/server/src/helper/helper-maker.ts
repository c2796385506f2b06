import { setTimeout as sleep } from 'node:timers/promises'
import { type Told, told } from '@pausescope/shared'
import type { KubeApi } from '../kube/kube-api.ts'
import { isKubeError, type KubeError } from '../kube/kube-error.ts'
import { ListWatch } from '../kube/list-watch.ts'
import { type HelperManifest, type HelperSettings, namespaceManifest } from './helper-manifest.ts'
import { type HelperPod, type HelperProgress, helperProgress, parseHelperPod } from './helper-pod.ts'

/** A new namespace has no service account for a moment, and an ending one takes no pods: both pass. */
const PASSING = /error looking up service account|because it is being terminated/
const PASSING_WAIT_MS = 500

const podsPath = (namespace: string) => `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`

/** Makes the namespace. True when it was not there before. @throws KubeError */
async function makeNamespace(api: KubeApi, settings: HelperSettings, signal: AbortSignal): Promise<boolean> {
  const path = '/api/v1/namespaces'
  const what = told('do.create-namespace', { namespace: settings.namespace })
  try {
    await api.request({ what, method: 'POST', path, body: namespaceManifest(settings), signal })
    return true
  } catch (cause) {
    if (isKubeError(cause, 'conflict')) return false
    if (!isKubeError(cause, 'forbidden')) throw cause
    // It may be there already, made by someone who may.
    const name = encodeURIComponent(settings.namespace)
    const found = await api
      .request({ what: told('do.get-namespace', { namespace: settings.namespace }), path: `${path}/${name}`, signal })
      .then(
        () => true,
        (second: unknown) => !isKubeError(second, 'not-found'),
      )
    if (found) return false
    throw cause
  }
}

/**
 * Creates the pod, and its namespace where it is missing.
 * @param onNamespace told when the namespace was made here
 * @throws KubeError; what passes by itself is tried again until the signal fires.
 */
export async function createHelper(
  api: KubeApi,
  manifest: HelperManifest,
  settings: HelperSettings,
  signal: AbortSignal,
  onNamespace: () => void,
): Promise<void> {
  const what = told('do.create-helper', { node: manifest.spec.nodeName })
  for (;;) {
    if (await makeNamespace(api, settings, signal)) onNamespace()
    try {
      await api.request({ what, method: 'POST', path: podsPath(settings.namespace), body: manifest, signal })
      return
    } catch (cause) {
      if (!isKubeError(cause) || !isPassing(cause)) throw cause
      await sleep(PASSING_WAIT_MS, undefined, { signal }).catch(() => {
        throw cause
      })
    }
  }
}

/** The name is ours alone: a pod that has it is our former helper, on its way out. */
function isPassing(cause: KubeError): boolean {
  return cause.code === 'conflict' || cause.code === 'not-found' || PASSING.test(cause.message)
}

/**
 * Watches a helper until it is ready or will not get so.
 * @param deadlineMs longest wait, in milliseconds; when it is over the last known state says why.
 */
export async function awaitHelper(
  api: KubeApi,
  name: string,
  namespace: string,
  options: { random: () => number; deadlineMs: number; signal: AbortSignal; onProgress: (detail: Told) => void },
): Promise<HelperProgress> {
  const { random, deadlineMs, signal, onProgress } = options
  let last: HelperProgress = { state: 'creating', detail: told('helper.not-started') }
  let seen = false
  const { promise, settle } = deferred<HelperProgress>()
  const store: ListWatch<HelperPod> = new ListWatch({
    api,
    what: told('kube.helper', { pod: name }),
    path: podsPath(namespace),
    fieldSelector: `metadata.name=${name}`,
    parse: parseHelperPod,
    random,
    onChange: () => {
      const pod = store.items.get(`${namespace}/${name}`)
      if (pod) {
        seen = true
        last = helperProgress(pod)
        if (last.state === 'creating') onProgress(last.detail)
        else settle(last)
      } else if (seen) settle({ state: 'failed', detail: told('helper.deleted'), next: told('next.try-again') })
      else if (store.state.kind === 'forbidden') {
        settle({
          state: 'failed',
          detail: store.state.cause.told.message,
          next: told('helper-next.verbs'),
        })
      }
    },
  })
  const timer = setTimeout(() => {
    const why = store.state.cause?.told.message ?? (last.state === 'creating' ? last.detail : '')
    settle({
      state: 'failed',
      detail: told('helper.not-ready', { seconds: deadlineMs / 1000, why }),
      next: told('helper-next.describe-both'),
    })
  }, deadlineMs)
  const abort = () => settle({ state: 'failed', detail: told('server.stops'), next: told('next.start-again') })
  signal.addEventListener('abort', abort, { once: true })
  try {
    if (signal.aborted) abort()
    store.start()
    return await promise
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    await store.close()
  }
}

function deferred<T>(): { promise: Promise<T>; settle: (value: T) => void } {
  let settle: (value: T) => void = () => {}
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, settle }
}

/** Helpers in the namespace, those of one node when it is given. @throws KubeError */
export async function listHelpers(
  api: KubeApi,
  namespace: string,
  query: { labelSelector?: string; fieldSelector?: string },
  signal: AbortSignal,
): Promise<HelperPod[]> {
  const answer = await api.request({
    what: told('do.list', { what: told('kube.pods-of', { namespace }) }),
    path: podsPath(namespace),
    query,
    signal,
  })
  const { items } = answer as { items?: unknown[] | null }
  return (items ?? []).map(parseHelperPod)
}

/**
 * Deletes one pod, and only the one with this UID where it is given. A pod that is gone counts as deleted.
 * @throws KubeError
 */
export async function deleteHelper(
  api: KubeApi,
  namespace: string,
  pod: { name: string; uid?: string },
  signal: AbortSignal,
): Promise<void> {
  const path = `${podsPath(namespace)}/${encodeURIComponent(pod.name)}`
  const body = pod.uid === undefined ? {} : { body: { preconditions: { uid: pod.uid } } }
  try {
    await api.request({ what: told('do.delete-helper', { pod: pod.name }), method: 'DELETE', path, signal, ...body })
  } catch (cause) {
    if (!isKubeError(cause, 'not-found', 'conflict')) throw cause
  }
}

/** @throws KubeError */
export async function deleteNamespace(api: KubeApi, namespace: string, signal: AbortSignal): Promise<void> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}`
  await api.request({ what: told('do.delete-namespace', { namespace }), method: 'DELETE', path, signal })
}
