import { expect, it } from 'vitest'
import { parseVolume, parseVolumeMount } from './pod-volumes.ts'

it.each([
  [{ emptyDir: {} }, { kind: 'emptyDir' }],
  [{ emptyDir: { medium: 'Memory' } }, { kind: 'emptyDir', ref: 'Memory' }],
  [{ emptyDir: { medium: '' } }, { kind: 'emptyDir' }],
  [{ configMap: { name: 'settings' } }, { kind: 'configMap', ref: 'settings' }],
  [{ secret: { secretName: 'keys' } }, { kind: 'secret', ref: 'keys' }],
  [{ downwardAPI: { items: [] } }, { kind: 'downwardAPI' }],
  [{ persistentVolumeClaim: { claimName: 'data' } }, { kind: 'persistentVolumeClaim', ref: 'data' }],
  [{ ephemeral: { volumeClaimTemplate: {} } }, { kind: 'ephemeral' }],
  [{ hostPath: { path: '/var/log' } }, { kind: 'hostPath', ref: '/var/log' }],
  [{ csi: { driver: 'disk.example' } }, { kind: 'csi', ref: 'disk.example' }],
  [{ nfs: { server: 'files', path: '/' } }, { kind: 'nfs', ref: 'files' }],
  [{ image: { reference: 'models:1' } }, { kind: 'image', ref: 'models:1' }],
  [{ projected: { sources: [{ configMap: { name: 'a' } }] } }, { kind: 'projected' }],
  [{ projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }, { kind: 'serviceAccount' }],
  [{ iscsi: { targetPortal: '10.0.0.1' } }, { kind: 'other', ref: 'iscsi' }],
  // A volume without a source is an emptyDir.
  [{}, { kind: 'emptyDir' }],
  // The API server would refuse these; a file of pods may hold them.
  [
    { configMap: null, hostPath: { path: '/srv' } },
    { kind: 'hostPath', ref: '/srv' },
  ],
  [{ secret: { secretName: 7 } }, { kind: 'secret' }],
  [{ projected: { sources: [null, 'serviceAccountToken'] } }, { kind: 'projected' }],
  [{ projected: { sources: 'serviceAccountToken' } }, { kind: 'projected' }],
])('the volume %j', (source, parsed) => {
  expect(parseVolume({ name: 'v', ...source })).toEqual({ name: 'v', ...parsed })
})

it.each([
  [{}, {}],
  [{ readOnly: false, subPath: '', subPathExpr: '', mountPropagation: 'None' }, {}],
  [{ readOnly: true }, { readOnly: true }],
  [{ subPath: 'logs' }, { subPath: 'logs' }],
  [{ subPathExpr: '$(POD)' }, { subPath: '$(POD)' }],
  [{ mountPropagation: 'HostToContainer' }, { propagation: 'HostToContainer' }],
  [{ mountPropagation: 'Bidirectional' }, { propagation: 'Bidirectional' }],
  [{ mountPropagation: 'Sideways' }, {}],
])('a mount with %j', (raw, parsed) => {
  expect(parseVolumeMount({ name: 'v', mountPath: '/data', ...raw })).toEqual({
    volume: 'v',
    path: '/data',
    ...parsed,
  })
})
