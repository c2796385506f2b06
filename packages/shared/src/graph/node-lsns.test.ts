import { expect, test } from 'vitest'
import { observeWholeNode } from '../observe/observe-whole-node.ts'
import { indexScan } from '../observe/scan-index.ts'
import { CONTEXT, process, scan } from '../test/domain-builders.ts'
import { lsnsText } from './lsns.ts'
import { nodeLsnsTable } from './node-lsns.ts'

const pins = [
  { id: { type: 'net' as const, inode: 4026532320, device: 4 }, path: '/run/netns/left' },
  { id: { type: 'net' as const, inode: 4026532399, device: 4 }, path: '/run/netns/cni-1\u001b' },
]
const processes = [
  process(1, { argv: ['/sbin/init'] }),
  process(20, { argv: ['/pause'], uid: 65535, ppid: 15, ns: { net: 4026532399 } }),
  process(30, { ppid: 20, argv: ['unshare', '-n'], ns: { net: 4026532500 } }),
]
const node = observeWholeNode(indexScan(scan(processes, { pins }), []), CONTEXT)

test('is the table of lsns -t with what is pinned, also what has no process', () => {
  expect(lsnsText(nodeLsnsTable(node, 'net'))).toBe(
    [
      '        NS TYPE NPROCS PID USER  NSFS                 COMMAND',
      '4026531840 net       1   1 root                       /sbin/init',
      '4026532320 net       0           /run/netns/left      ',
      '4026532399 net       1  20 65535 /run/netns/cni-1\\x1b /pause',
      '4026532500 net       1  30 root                       └─unshare -n',
      '',
    ].join('\n'),
  )
})

test('has no column for pins where there are none, and nothing for a type the kernel lacks', () => {
  expect(lsnsText(nodeLsnsTable(node, 'uts'))).toBe(
    '        NS TYPE NPROCS PID USER COMMAND\n4026531838 uts       3   1 root /sbin/init\n',
  )
  expect(nodeLsnsTable({ ...node, namespaces: [] }, 'time')).toEqual([])
})
