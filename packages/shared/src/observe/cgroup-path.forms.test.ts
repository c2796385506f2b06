import { describe, expect, it } from 'vitest'
import { CGROUP_FORMS } from './cgroup-path.forms.ts'
import { parseCgroup } from './cgroup-path.ts'

describe('the cgroup paths of real nodes', () => {
  it.each(CGROUP_FORMS)('$form ($source)', ({ lines, podUid, containerId, monitor = false }) => {
    expect(parseCgroup(lines)).toEqual(podUid === null ? null : { podUid, containerId, monitor })
  })

  it('are found in every order of the lines', () => {
    for (const { lines, podUid, containerId } of CGROUP_FORMS) {
      const found = parseCgroup(lines.toReversed())
      expect([found?.podUid ?? null, found?.containerId ?? null]).toEqual([podUid, containerId])
    }
  })
})
