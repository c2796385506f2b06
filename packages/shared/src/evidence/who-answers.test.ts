import { expect, it } from 'vitest'
import type { EvidenceGap, SocketEvidence, SocketProtocol } from '../model/pod-evidence.ts'
import { networkEvidence, podEvidence, sketchWithProcesses } from '../test/evidence-builders.ts'
import { type Question, whoAnswers } from './who-answers.ts'

const NET = 4026532649
const WEB = 700
const SHELL = 761

/** `web` and `shell` share a network, `other` is in one that was not read, `gone` has no process. */
const graph = sketchWithProcesses({
  containers: [
    { name: 'web', ns: { net: NET } },
    { name: 'shell', ns: { net: NET } },
    { name: 'other', ns: { net: NET + 1 } },
    { name: 'gone', pid: null },
  ],
})

function socket(
  protocol: SocketProtocol,
  address: string,
  port: number,
  pids: readonly number[],
  state: SocketEvidence['state'] = protocol.startsWith('tcp') ? 'listen' : 'unconnected',
): SocketEvidence {
  const remote = { address: '0.0.0.0', port: 0 }
  const holders = pids.map((pid) => ({ pid, fd: 6 }))
  return { protocol, state, local: { address, port }, remote, uid: 0, inode: port, holders }
}

function ask(sockets: SocketEvidence[], question: Partial<Question>, gaps: EvidenceGap[] = []) {
  const id = { type: 'net' as const, inode: NET, device: null }
  const address = { family: 'inet' as const, prefix: 24, scope: 'global' as const }
  const network = networkEvidence(id, {
    sockets,
    gaps,
    interfaces: [
      {
        name: 'eth0',
        index: 2,
        state: 'up',
        mac: null,
        mtu: 1500,
        kind: 'veth',
        peer: null,
        addresses: [{ ...address, address: '10.244.3.11' }],
      },
    ],
    otherAddresses: [{ ...address, address: '10.244.3.12' }],
  })
  const answer = whoAnswers(podEvidence({ networks: [network] }), graph, {
    container: 'container:shell',
    port: 80,
    ...question,
  })
  const { answered, reason, holders, holdersKnown } = answer
  return {
    answered,
    reason,
    by: holders.map((holder) => `${holder.container.name} ${holder.process.pid}`),
    holdersKnown,
  }
}

const gap = (part: EvidenceGap['part'], code: EvidenceGap['code']): EvidenceGap => ({ part, code, detail: 'Why.' })

it.each<[string, SocketEvidence[], Partial<Question>, boolean | null, string, string[]]>([
  ['any', [socket('tcp', '0.0.0.0', 80, [WEB])], {}, true, 'any', [`web ${WEB}`]],
  ['bound', [socket('tcp', '127.0.0.1', 80, [WEB])], {}, true, 'bound', [`web ${WEB}`]],
  ['bound, spelled as IPv6', [socket('tcp6', '::ffff:127.0.0.1', 80, [WEB])], {}, true, 'bound', [`web ${WEB}`]],
  ['an IPv6 one that takes IPv4', [socket('tcp6', '::', 80, [WEB])], {}, true, 'mapped', [`web ${WEB}`]],
  ['any of IPv6', [socket('tcp6', '::', 80, [WEB])], { address: '::1' }, true, 'any', [`web ${WEB}`]],
  [
    'IPv4 does not answer IPv6',
    [socket('tcp', '0.0.0.0', 80, [WEB])],
    { address: '::1' },
    false,
    'elsewhere',
    [`web ${WEB}`],
  ],
  [
    'who says more is preferred',
    [socket('tcp6', '::', 80, [WEB]), socket('tcp', '0.0.0.0', 80, [WEB]), socket('tcp', '127.0.0.1', 80, [SHELL])],
    {},
    true,
    'bound',
    [`shell ${SHELL}`],
  ],
  [
    'several share a port',
    [socket('tcp', '0.0.0.0', 80, [WEB]), socket('tcp', '0.0.0.0', 80, [SHELL])],
    {},
    true,
    'any',
    [`web ${WEB}`, `shell ${SHELL}`],
  ],
  ['another address', [socket('tcp', '10.244.3.11', 80, [WEB])], {}, false, 'elsewhere', [`web ${WEB}`]],
  [
    'the pod’s address',
    [socket('tcp', '10.244.3.11', 80, [WEB])],
    { address: '10.244.3.11' },
    true,
    'bound',
    [`web ${WEB}`],
  ],
  [
    'an address of no interface',
    [socket('tcp', '0.0.0.0', 80, [WEB])],
    { address: '10.244.3.12' },
    true,
    'any',
    [`web ${WEB}`],
  ],
  ['all of 127.0.0.0/8', [socket('tcp', '0.0.0.0', 80, [WEB])], { address: '127.1.2.3' }, true, 'any', [`web ${WEB}`]],
  ['a stranger’s address', [socket('tcp', '0.0.0.0', 80, [WEB])], { address: '10.0.0.9' }, null, 'outside', []],
  ['another port', [socket('tcp', '0.0.0.0', 8080, [WEB])], {}, false, 'none', []],
  ['no listener', [socket('tcp', '127.0.0.1', 80, [WEB], 'established')], {}, false, 'none', []],
  ['TCP is not UDP', [socket('tcp', '0.0.0.0', 53, [WEB])], { port: 53, protocol: 'udp' }, false, 'none', []],
  ['UDP', [socket('udp', '0.0.0.0', 53, [WEB])], { port: 53, protocol: 'udp' }, true, 'any', [`web ${WEB}`]],
  ['a holder outside the pod is not named', [socket('tcp', '0.0.0.0', 80, [4242])], {}, true, 'any', []],
  [
    'another network',
    [socket('tcp', '0.0.0.0', 80, [WEB])],
    { container: 'container:other' },
    null,
    'no-namespace',
    [],
  ],
  ['no process', [socket('tcp', '0.0.0.0', 80, [WEB])], { container: 'container:gone' }, null, 'no-namespace', []],
  ['no such container', [], { container: 'container:x' }, null, 'no-namespace', []],
])('%s', (_, sockets, question, answered, reason, by) => {
  expect(ask(sockets, question)).toMatchObject({ answered, reason, by })
})

it('says nothing of sockets that could not be read', () => {
  expect(ask([], {}, [gap('sockets', 'denied')])).toMatchObject({ answered: null, reason: 'unread' })
})

it('of sockets that were cut, only those that were read answer', () => {
  const cut = [gap('sockets', 'cut')]
  expect(ask([socket('tcp', '0.0.0.0', 80, [WEB])], {}, cut)).toMatchObject({ answered: true, reason: 'any' })
  expect(ask([], {}, cut)).toMatchObject({ answered: null, reason: 'unread' })
})

it('says whether there may be holders that could not be looked at', () => {
  const open = [socket('tcp', '0.0.0.0', 80, [])]
  expect(ask(open, {})).toMatchObject({ answered: true, by: [], holdersKnown: true })
  expect(ask(open, {}, [gap('holders', 'denied')])).toMatchObject({ answered: true, by: [], holdersKnown: false })
})
