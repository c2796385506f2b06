import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { DEFAULT_HELPER_IMAGE } from './helper-image.ts'
import { helperManifest, manifestYaml, namespaceManifest } from './helper-manifest.ts'

const settings = { namespace: 'pausescope', image: DEFAULT_HELPER_IMAGE, run: 'abc123' }
const pod = helperManifest('worker-1.example', settings)

test('what is shown is exactly what is applied', () => {
  const shown = parseAllDocuments(manifestYaml('worker-1.example', settings)).map((document) => document.toJS())
  expect(shown).toEqual([namespaceManifest(settings), pod])
})

test('the default image is pinned by digest', () => {
  expect(DEFAULT_HELPER_IMAGE).toMatch(/^docker\.io\/library\/busybox:[\d.]+@sha256:[0-9a-f]{64}$/)
})

describe('the helper may read processes and nothing else', () => {
  const [container] = pod.spec.containers

  test('one capability, on a root file system it cannot write', () => {
    expect(container?.securityContext).toMatchObject({
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: ['SYS_PTRACE'] },
      seccompProfile: { type: 'RuntimeDefault' },
    })
  })

  test('no credentials, no network of the node, no files of the node', () => {
    expect(pod.spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, hostPID: true })
    expect(pod.spec).not.toHaveProperty('hostNetwork')
    expect(pod.spec).not.toHaveProperty('hostIPC')
    expect(pod.spec.volumes).toEqual([{ name: 'lease', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }])
  })

  test('it has limits in size and time, and is not started again', () => {
    expect(container?.resources.limits).toEqual({ cpu: '1', memory: '128Mi' })
    expect(pod.spec).toMatchObject({ restartPolicy: 'Never', terminationGracePeriodSeconds: 1 })
    expect(pod.spec.activeDeadlineSeconds).toBeLessThanOrEqual(8 * 3600)
  })
})

test('names are valid for any node, and differ by node and by run', () => {
  const names = [
    helperManifest('n'.repeat(253), settings).metadata.name,
    pod.metadata.name,
    helperManifest('worker-1.example', { ...settings, run: 'other' }).metadata.name,
  ]
  expect(new Set(names).size).toBe(3)
  for (const name of names) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)
})
