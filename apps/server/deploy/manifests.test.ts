import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { DEFAULT_HELPER_IMAGE } from '../src/helper/helper-image.ts'
import { HELPER_LABELS, helperManifest, namespaceManifest } from '../src/helper/helper-manifest.ts'
import { readVersion } from '../src/version.ts'
import { complaints } from './check-schema.ts'
import {
  CHART,
  chartManifests,
  KUSTOMIZE,
  kustomizeManifests,
  type Manifest,
  parseManifests,
  render,
} from './manifests.ts'

const SERVER = 'pausescope-server'
const settings = { namespace: 'pausescope', image: DEFAULT_HELPER_IMAGE, run: 'run1' }
const all = kustomizeManifests()

const nameOf = ({ kind, metadata }: Manifest) => [kind, metadata.namespace, metadata.name].filter(Boolean).join(' ')
const byName = (manifests: readonly Manifest[]) => Object.fromEntries(manifests.map((one) => [nameOf(one), one]))
const has = (command: string) => spawnSync(command, ['version', '--client'], { timeout: 30_000 }).status === 0

/** As deep as its type says; a test that reads a field that is not there fails. */
function find<T>(name: string): T {
  const found = byName(all)[name]
  if (!found) throw new Error(`no ${name}; there are ${Object.keys(byName(all)).join(', ')}`)
  return found as T
}

type PodSpec = {
  containers: [Record<string, unknown> & { args: string[]; securityContext: object; image: string; command: string[] }]
  securityContext: object
  [field: string]: unknown
}
type Workload = {
  spec: { selector: { matchLabels: object }; template: { metadata: Manifest['metadata']; spec: PodSpec } }
}

describe('what is installed in a cluster', () => {
  test('is these objects', () => {
    expect(Object.keys(byName(all)).sort()).toEqual([
      'ClusterRole pausescope-read',
      'ClusterRoleBinding pausescope-read',
      'DaemonSet pausescope pausescope-helper',
      'Deployment pausescope-server pausescope',
      'Namespace pausescope',
      'Namespace pausescope-server',
      'NetworkPolicy pausescope pausescope-helpers',
      'NetworkPolicy pausescope-server pausescope-server',
      'Role pausescope pausescope-exec',
      'RoleBinding pausescope pausescope-exec',
      'Service pausescope-server pausescope',
      'ServiceAccount pausescope-server pausescope',
    ])
  })

  test.each(all.map((manifest) => [nameOf(manifest), manifest] as const))('%s fits its schema', (_name, manifest) => {
    expect(complaints(manifest)).toEqual([])
  })

  test('what the server itself makes fits too', () => {
    for (const manifest of [helperManifest('n1', settings), namespaceManifest(settings)]) {
      expect(complaints(manifest as unknown as Manifest)).toEqual([])
    }
  })

  test('the schemas see what is wrong', () => {
    const daemonSet = structuredClone(find<Workload & Manifest>('DaemonSet pausescope pausescope-helper'))
    Reflect.deleteProperty(daemonSet.spec, 'selector')
    const container = daemonSet.spec.template.spec.containers[0]
    Object.assign(container, { imagePulPolicy: 'Always', securityContext: { privileged: 'no' } })
    const found = complaints(daemonSet).join('\n')
    expect(found).toContain('DaemonSet.spec.template.spec.containers[0].imagePulPolicy is no field')
    expect(found).toMatch(/privileged must be boolean/)
    expect(found).toMatch(/required property selector/)
  })

  test.skipIf(!has('kubectl'))('kubectl builds the same from the kustomization', () => {
    const { stdout } = spawnSync('kubectl', ['kustomize', KUSTOMIZE], { encoding: 'utf8' })
    expect(byName(parseManifests(stdout))).toEqual(byName(all))
  })
})

describe('the chart', () => {
  test('makes what the kustomization holds, but the namespace of its release, which helm makes', () => {
    const { [`Namespace ${SERVER}`]: _made, ...rest } = byName(all)
    expect(byName(chartManifests(SERVER))).toEqual(rest)
  })

  test('puts everything into the namespaces it is given', () => {
    const text = JSON.stringify(chartManifests('elsewhere'))
    expect(text).not.toContain(`"namespace":"${SERVER}"`)
    expect(text).not.toContain(`${SERVER}.svc`)
    expect(text).toContain('pausescope.elsewhere.svc')
  })

  test.each(['123', 'true', 'null'])('takes the namespace %s for a name', (namespace) => {
    expect(chartManifests(namespace).flatMap(complaints)).toEqual([])
  })

  test('keeps to forms that are rendered here as helm does', () => {
    const data = { Values: { name: 'a "b"', list: ['x', 'y'] } }
    expect(render('{{ .Values.name | quote }} {{ join "," .Values.list }} {{ .Values.name }}', data)).toBe(
      '"a \\"b\\"" x,y a "b"',
    )
    for (const bad of ['{{ .Values.gone }}', '{{ if .Values.name }}', '{{.Values.name}}', '{{ .Values.list }}']) {
      expect(() => render(bad, data)).toThrow()
    }
  })

  test.skipIf(!has('helm'))('helm renders the same', () => {
    const { stdout } = spawnSync('helm', ['template', 'pausescope', CHART, '-n', SERVER], { encoding: 'utf8' })
    expect(byName(parseManifests(stdout))).toEqual(byName(chartManifests(SERVER)))
  })

  test('has the version of Pausescope', async () => {
    const { readFileSync } = await import('node:fs')
    expect(readFileSync(`${CHART}/Chart.yaml`, 'utf8')).toContain(`appVersion: ${readVersion()}\n`)
  })
})

describe('the least that is needed', () => {
  test('the server may read pods, nodes and namespaces, and exec where the helpers are', () => {
    const cluster = find<{ rules: unknown }>('ClusterRole pausescope-read')
    expect(cluster.rules).toEqual([
      { apiGroups: [''], resources: ['pods', 'nodes', 'namespaces'], verbs: ['get', 'list', 'watch'] },
    ])
    const role = find<{ rules: unknown }>('Role pausescope pausescope-exec')
    expect(role.rules).toEqual([{ apiGroups: [''], resources: ['pods/exec'], verbs: ['get', 'create'] }])
    const subjects = [{ kind: 'ServiceAccount', name: 'pausescope', namespace: SERVER }]
    for (const name of ['ClusterRoleBinding pausescope-read', 'RoleBinding pausescope pausescope-exec']) {
      expect(find(name)).toMatchObject({ subjects })
    }
  })

  test('the server is restricted as Pod Security has it, with a root that cannot be written', () => {
    const labels = find<Manifest>(`Namespace ${SERVER}`).metadata.labels
    expect(labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' })
    const { spec } = find<Workload>(`Deployment ${SERVER} pausescope`).spec.template
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
    expect(spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC', 'volumes']) expect(spec).not.toHaveProperty(field)
  })

  test('the installed helper is the one that the server makes, but that it stays', () => {
    const { template, selector } = find<Workload>('DaemonSet pausescope pausescope-helper').spec
    const made = helperManifest('n1', settings)
    const { command: _own, ...installed } = template.spec.containers[0]
    const { command: _lease, volumeMounts: _mounts, ...wanted } = made.spec.containers[0] as Record<string, unknown>
    expect(installed).toEqual(wanted)
    for (const field of ['hostPID', 'automountServiceAccountToken', 'enableServiceLinks', 'tolerations'] as const) {
      expect(template.spec[field]).toEqual(made.spec[field])
    }
    expect(template.metadata.labels).toMatchObject({
      'app.kubernetes.io/name': HELPER_LABELS['app.kubernetes.io/name'],
    })
    expect(template.metadata.labels).toMatchObject(selector.matchLabels)
    const [enforced] = [namespaceManifest(settings).metadata.labels['pod-security.kubernetes.io/enforce']]
    expect(find<Manifest>('Namespace pausescope').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': enforced,
    })
  })

  test('nothing connects to the server or a helper, a helper connects to nothing', () => {
    const deny = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }
    const policy = (name: string) => find<{ spec: object }>(`NetworkPolicy ${name}`).spec
    expect(policy('pausescope pausescope-helpers')).toEqual(deny)
    expect(policy(`${SERVER} pausescope-server`)).toEqual({ ...deny, egress: [{ ports: expect.any(Array) }] })
  })
})
