import { describe, expect, it } from 'vitest'
import { CGROUP_FORMS } from './cgroup-path.forms.ts'
import { parseCgroup } from './cgroup-path.ts'

describe('the cgroup paths of real nodes', () => {
  it.each(CGROUP_FORMS)('$form ($source)', ({ lines, podUid, containerId, monitor = false }) => {
    expect(parseCgroup(lines)).toEqual(podUid === null ? null : { podUid, containerId, monitor })
  })

  it.each(['cri-dockerd', 'k3s', 'RKE2', 'MicroK8s', 'kind', 'minikube', 'Talos', 'EKS', 'GKE', 'AKS', 'OpenShift'])(
    'are there for %s, with a container in one',
    (name) => {
      const forms = CGROUP_FORMS.filter(({ form }) => new RegExp(`\\b${name}\\b`).test(form))
      expect(forms.some(({ containerId }) => containerId !== null)).toBe(true)
    },
  )

  it('each have a source, and no two are the same', () => {
    for (const { source } of CGROUP_FORMS)
      expect(source).toMatch(/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(issues|pull)\/\d+$/)
    expect(new Set(CGROUP_FORMS.map(({ form }) => form)).size).toBe(CGROUP_FORMS.length)
  })

  it('are found in every order of the lines', () => {
    for (const { lines, podUid, containerId } of CGROUP_FORMS) {
      const found = parseCgroup(lines.toReversed())
      expect([found?.podUid ?? null, found?.containerId ?? null]).toEqual([podUid, containerId])
    }
  })
})
