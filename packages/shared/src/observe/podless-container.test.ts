import { describe, expect, it } from 'vitest'
import { containersAround, parsePodless } from './podless-container.ts'

const ID = 'a0e727a7bd91e916d671a28bbedce79e705122eea6271b18f937fc641d893a88'
const OUTER = '93229e239df95d4fba851034d0bfa812e5e5c6ff85b090b70d2a47b7c1e23f7e'

describe('a container of no pod', () => {
  it.each([
    ['docker, cgroupfs driver', `0::/docker/${ID}`, 'docker'],
    ['docker, systemd driver', `0::/system.slice/docker-${ID}.scope`, 'docker'],
    ['docker, v1, and what it made inside', `4:memory:/docker/${ID}/docker/${OUTER}`, 'docker'],
    ['podman as root', `0::/machine.slice/libpod-${ID}.scope/container`, 'libpod'],
    ['podman of a user', `0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${ID}.scope`, 'libpod'],
    ['podman, cgroupfs driver', `0::/libpod_parent/libpod-${ID}`, 'libpod'],
    ['nerdctl, systemd driver', `0::/system.slice/nerdctl-${ID}.scope`, 'nerdctl'],
    ['nerdctl, cgroupfs driver: the containerd namespace', `0::/default/${ID}`, 'default'],
    ['docker, a runtime without the driver of its daemon', `1:name=systemd:/system.slice:docker:${ID}`, 'docker'],
    ["Kata's monitor, apart from its pod", `0::/kata_overhead/${ID}`, 'kata_overhead'],
    ['at the top', `0::/${ID}`, 'unknown'],
  ])('%s', (_name, line, engine) => {
    expect(parsePodless([line])).toEqual({ id: ID, engine })
    expect(parsePodless(['11:rdma:/', line])).toEqual({ id: ID, engine })
  })

  it.each([
    ['a service', '0::/system.slice/containerd.service'],
    ['a kernel thread', '0::/'],
    ['what watches a container of podman', `0::/machine.slice/libpod-conmon-${ID}.scope`],
    ['what watches one of CRI-O', `0::/system.slice/crio-conmon-${ID}.scope`],
    ['an id that is too short', `0::/docker/${ID.slice(1)}`],
    ['a builder with ids of its own', '0::/docker/buildkit/k2v7q9builder0step3'],
  ])('%s is none', (_name, line) => {
    expect(parsePodless([line])).toBeNull()
  })

  it('is looked for below the container that the node itself is', () => {
    const around = containersAround([`0::/docker/${OUTER}/init.scope`])
    expect(parsePodless([`0::/docker/${OUTER}/system.slice/kubelet.service`], around)).toBeNull()
    expect(parsePodless([`0::/docker/${OUTER}/docker/${ID}`], around)).toEqual({ id: ID, engine: 'docker' })
  })
})
