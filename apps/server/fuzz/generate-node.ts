import { CONTAINER_KINDS, NAMESPACE_LINKS, type Pod, type PodContainer } from '@pausescope/shared'
import {
  cgroupLine,
  container,
  containerId,
  node,
  pod,
  UID,
} from '../../../packages/shared/src/test/domain-builders.ts'
import type { BodyPart } from './body.ts'
import type { CorpusNode } from './corpus.ts'
import { hostileName, hostileText } from './hostile.ts'
import type { Random } from './random.ts'

const UIDS = [UID, 'f57caa45-724f-4328-bc2e-b81a1220cf47', '0f8c3f6e-7f39-4b3c-9d55-3f6d2f1f4a10']
const IDS = ['a', 'b', 'c', 'd', 'e', 'f', '1', '2'].map(containerId)
const NUL_OR_BREAK = /[\0\n]/g

/** A node that never was: few inodes, ids and pods, so that everything meets everything. */
export function generateNode(random: Random): CorpusNode {
  const pids = [...new Set([1, ...Array.from({ length: random.below(40) }, () => 1 + random.below(90))])]
  return {
    name: 'generated',
    parts: partsOf(pids, random),
    pods: UIDS.slice(0, 1 + random.below(UIDS.length)).map((uid, at) => generatePod(uid, at, random)),
    node: node({ runtime: random.pick(['containerd', 'cri-o', 'docker', null]) }),
  }
}

function partsOf(pids: readonly number[], random: Random): BodyPart[] {
  const lines = (name: string, items: string[], ending: BodyPart['ending'] = '\n'): BodyPart => ({
    name,
    ending,
    items: [...items, ''],
  })
  const types = NAMESPACE_LINKS.map((link) => `1/ns/${link}`).join(' ')
  return [
    lines('meta', [
      'uptime:1000.00 900.00',
      'sys/kernel/osrelease:6.1.0',
      '1/mountinfo:1 1 0:1 / / rw - x x x',
      `types: ${types}`,
    ]),
    lines('links', [...pids.flatMap((pid) => linksOf(pid, random)), 'nsfs:4']),
    lines('files', [...pids.flatMap((pid) => filesOf(pid, random)), ...pinsOf(random)]),
    lines(
      'records',
      pids.flatMap((pid) => recordsOf(pid, pids, random)),
      '\0',
    ),
    { name: 'end', ending: '\n', items: [''] },
  ]
}

function linksOf(pid: number, random: Random): string[] {
  return NAMESPACE_LINKS.map((link) => {
    if (random.once(30)) return `'${pid}/ns/${link}'`
    const inode = 4026531834 + (pid === 1 ? 0 : random.below(6))
    return `'${pid}/ns/${link}' -> '${link.replace('_for_children', '')}:[${inode}]'`
  })
}

function filesOf(pid: number, random: Random): string[] {
  const uid = random.below(3) * 1000
  const line = random.once(4) ? '0::/system.slice/x.service' : cgroupLine(random.pick(IDS), random.pick(UIDS))
  return [
    `${pid}/status:Uid:\t${uid}\t${uid}\t${uid}\t${uid}`,
    `${pid}/status:NSpid:\t${pid}\t${1 + random.below(3)}`,
    `${pid}/cgroup:${random.once(20) ? hostileText(random).replace(NUL_OR_BREAK, '') : line}`,
  ]
}

function recordsOf(pid: number, pids: readonly number[], random: Random): string[] {
  const text = () =>
    random.once(3) ? hostileText(random).replaceAll('\0', '') : random.pick(['/pause', 'nginx', 'sh'])
  const [state, ppid, started] = [
    random.pick(['S', 'R', 'Z', 'D']),
    random.once(2) ? 1 : random.pick(pids),
    random.below(9),
  ]
  return [
    ...Array.from({ length: random.below(3) }, () => `${pid}/cmdline:${text()}`),
    `${pid}/stat:${pid} (${text().slice(0, 15)}) ${state} ${ppid} 0 0 0 -1 4194560 ${'0 '.repeat(12)}${started} 0 0\n`,
  ]
}

function pinsOf(random: Random): string[] {
  return Array.from({ length: random.below(4) }, () => {
    const type = random.pick(['net', 'uts', 'ipc', 'dream'])
    const path = hostileText(random).replace(/[\0\n ]/g, '')
    return `1/mountinfo:9 1 0:4 ${type}:[${4026531834 + random.below(9)}] /run/${path} rw shared:1 - nsfs nsfs rw`
  })
}

function generatePod(uid: string, at: number, random: Random): Pod {
  const ids = IDS.slice(at, at + 2 + random.below(4))
  const containers = ids.map(
    (id, index): PodContainer =>
      container(`${index} ${hostileName(random)}`, {
        id: random.once(5) ? null : id,
        kind: random.pick(CONTAINER_KINDS),
        privileged: random.once(3),
        targetContainerName: random.once(3) ? `0 ${hostileName(random)}` : null,
      }),
  )
  return pod(containers, { uid, name: `pod-${at}` })
}
