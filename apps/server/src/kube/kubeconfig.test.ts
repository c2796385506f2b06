import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isKubeError, type KubeError, type KubeErrorCode } from './kube-error.ts'
import { type KubeconfigOptions, loadKubeconfig } from './kubeconfig.ts'

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'pausescope-kubeconfig-'))
}

/** A kubeconfig of contexts that are named as their clusters and users. */
function config(names: string[], current = names[0]): string {
  const list = (kind: string, body: (name: string) => string) =>
    `${kind}s:\n${names.map((name) => `- name: ${name}\n  ${kind}: ${body(name)}\n`).join('')}`
  return [
    'apiVersion: v1\nkind: Config\n',
    current === undefined ? '' : `current-context: ${current}\n`,
    list('cluster', (name) => `{ server: "https://${name}.example:6443/" }`),
    list('user', (name) => `{ token: token-of-${name} }`),
    list('context', (name) => `{ cluster: ${name}, user: ${name} }`),
  ].join('')
}

function write(dir: string, name: string, text: string): string {
  const path = join(dir, name)
  writeFileSync(path, text)
  return path
}

const chosen = async (options: Partial<KubeconfigOptions>) => {
  const loaded = await loadKubeconfig({ env: {}, home: '/nowhere', ...options })
  return [loaded.getCurrentContext(), loaded.getCurrentCluster()?.server]
}

async function failure(options: Partial<KubeconfigOptions>): Promise<KubeError> {
  try {
    await loadKubeconfig({ env: {}, home: '/nowhere', ...options })
  } catch (cause) {
    if (isKubeError(cause)) return cause
    throw cause
  }
  throw new Error('it loaded')
}

describe('which kubeconfig', () => {
  test('--kubeconfig goes before KUBECONFIG, which goes before ~/.kube/config', async () => {
    const home = folder()
    mkdirSync(join(home, '.kube'))
    write(home, '.kube/config', config(['home']))
    const variable = write(folder(), 'config', config(['variable']))
    const flag = write(folder(), 'config', config(['flag']))
    expect(await chosen({ home })).toEqual(['home', 'https://home.example:6443'])
    expect(await chosen({ home, env: { KUBECONFIG: variable } })).toEqual(['variable', 'https://variable.example:6443'])
    expect((await chosen({ home, env: { KUBECONFIG: variable }, kubeconfig: flag }))[0]).toBe('flag')
  })

  test('the files of KUBECONFIG are merged, the first that names a thing wins, missing and empty ones are passed over', async () => {
    const dir = folder()
    const empty = write(dir, 'empty', '\n')
    const one = write(dir, 'one', config(['a', 'b'], 'b'))
    const two = write(dir, 'two', config(['b', 'c'], 'c').replaceAll('b.example', 'other.example'))
    const env = { KUBECONFIG: [join(dir, 'missing'), empty, one, '', two].join(':') }
    expect(await chosen({ env })).toEqual(['b', 'https://b.example:6443'])
    expect(await chosen({ env, context: 'c' })).toEqual(['c', 'https://c.example:6443'])
  })

  test('the account of the pod we run in comes last', async () => {
    const root = folder()
    const account = join(root, 'var/run/secrets/kubernetes.io/serviceaccount')
    mkdirSync(account, { recursive: true })
    write(account, 'token', 'secret')
    write(account, 'namespace', 'pausescope')
    const env = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }
    const before = { ...process.env }
    Object.assign(process.env, env)
    try {
      expect(await chosen({ env, serviceAccountRoot: root })).toEqual(['inClusterContext', 'https://10.0.0.1:443'])
    } finally {
      process.env = before
    }
  })

  test('paths in a kubeconfig are relative to its folder, the exec plugin too', async () => {
    const dir = folder()
    const text = config(['a']).replace('{ token: token-of-a }', '{ exec: { command: bin/login, apiVersion: v1 } }')
    const path = write(dir, 'config', text.replace('{ server', '{ certificate-authority: ca.crt, server'))
    const loaded = await loadKubeconfig({ kubeconfig: path, env: {}, home: '/nowhere' })
    expect(loaded.getCurrentCluster()?.caFile).toBe(join(dir, 'ca.crt'))
    expect(loaded.getCurrentUser()?.exec.command).toBe(join(dir, 'bin/login'))
  })
})

describe('one clear sentence for what is wrong', () => {
  const dir = folder()
  const file = (name: string, text: string) => ({ kubeconfig: write(dir, name, text) })
  const two = config(['a', 'b'])

  test.each<[string, Partial<KubeconfigOptions>, KubeErrorCode, RegExp]>([
    ['no file at all', {}, 'no-kubeconfig', /^No kubeconfig found: \/nowhere\/\.kube\/config does not exist\.$/],
    ['a flag for no file', { kubeconfig: '/no/such' }, 'no-kubeconfig', /\/no\/such does not exist/],
    ['a variable for no file', { env: { KUBECONFIG: '/no/a:/no/b' } }, 'no-kubeconfig', /\/no\/a, \/no\/b/],
    ['a folder', { kubeconfig: dir }, 'bad-kubeconfig', /cannot be read \(EISDIR\)/],
    ['broken YAML', file('yaml', 'a: [\nb: }'), 'bad-kubeconfig', /is not valid: .* in line 2\.$/],
    ['another file', file('other', '- just\n- a list\n'), 'no-context', /has no current context; it has none/],
    ['text', file('text', 'hello'), 'no-context', /has no current context/],
    [
      'a cluster without address',
      file('half', 'clusters: [{ name: x, cluster: {} }]'),
      'bad-kubeconfig',
      /clusters\[0\]\.cluster\.server is missing/,
    ],
    [
      'no current context',
      file('none', config(['a', 'b'], '""')),
      'no-context',
      /has no current context; it has a, b\.$/,
    ],
    ['an unknown context', { ...file('two', two), context: 'c' }, 'no-context', /has no context "c"; it has a, b\.$/],
    [
      'an unknown cluster',
      file('cluster', two.replace('{ cluster: a', '{ cluster: x')),
      'bad-kubeconfig',
      /names the cluster "x"/,
    ],
    ['an unknown user', file('user', two.replace('user: a }', 'user: x }')), 'bad-kubeconfig', /names the user "x"/],
    [
      'an address that is none',
      file('url', two.replace('https://a.example:6443/', 'a b')),
      'bad-kubeconfig',
      /no valid server address/,
    ],
  ])('%s', async (_, options, code, message) => {
    const error = await failure(options)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
    expect(error.next).toBeTruthy()
  })

  test('a broken line is not quoted: it may hold a credential', async () => {
    const error = await failure(file('secret', 'users:\n- name: a\n  user: { token: hunter2\n  }}\n'))
    expect(error.code).toBe('bad-kubeconfig')
    expect(error.message).not.toContain('hunter2')
  })

  test('a context without a user is anonymous, not an error', async () => {
    const path = write(dir, 'anonymous', two.replace(', user: a }', ' }'))
    expect((await loadKubeconfig({ kubeconfig: path, env: {}, home: '/nowhere' })).getCurrentUser()?.name).toBe(
      'anonymous',
    )
  })
})
