import { lsnsUser } from '../graph/lsns.ts'
import type { SysvObjects } from '../model/pod-evidence.ts'

/** What `ipcs` (util-linux) prints of System V objects, character for character; users have no names but root. */
export function ipcsText({ msg, shm, sem }: SysvObjects): string {
  const first = (one: { key: number; id: number; uid: number; perms: string }) => [
    sysvKey(one.key),
    `${one.id}`,
    lsnsUser(one.uid, {}),
    one.perms,
  ]
  return [
    block('Message Queues', 'msqid', ['used-bytes  ', 'messages    '], msg, (one) => [
      ...first(one),
      `${one.bytes}`,
      `${one.messages}`,
    ]),
    block('Shared Memory Segments', 'shmid', ['bytes     ', 'nattch    ', 'status      '], shm, (one) => [
      ...first(one),
      `${one.bytes}`,
      `${one.attached}`,
      // Room for "dest" and "locked", which are not read.
      ' '.repeat(13),
    ]),
    block('Semaphore Arrays', 'semid', ['nsems     '], sem, (one) => [...first(one), `${one.semaphores}`]),
  ].join('')
}

/** `0x000004d2`; the kernel tells keys as signed numbers. */
export function sysvKey(key: number): string {
  return `0x${(key >>> 0).toString(16).padStart(8, '0')}`
}

/** @param last names of the last columns, each as wide as its column. */
function block<Item>(
  title: string,
  id: string,
  last: readonly string[],
  items: readonly Item[],
  cells: (item: Item) => readonly string[],
): string {
  const head = [...['key', id, 'owner', 'perms'].map((name) => name.padEnd(10)), ...last]
  const line = (row: readonly string[]) => `${row.map((cell, at) => cell.padEnd(head[at]?.length ?? 0)).join(' ')}\n`
  return `\n------ ${title} --------\n${line(head)}${items.map((item) => line(cells(item))).join('')}`
}
