import { expect, test } from 'vitest'
import { idMapText } from './id-map-text.ts'
import { ipcsText } from './ipcs-text.ts'

test('is what ipcs prints: util-linux 2.38, one object of each kind, and what /proc/sysvipc tells of them', () => {
  const common = { id: 0, uid: 0 }
  const text = ipcsText({
    msg: [{ ...common, key: 1744890294, perms: '666', bytes: 0, messages: 0 }],
    shm: [{ ...common, key: 559892499, perms: '600', bytes: 4096, attached: 0, creator: 16581 }],
    sem: [{ ...common, key: -741360165, perms: '644', semaphores: 3 }],
  })
  expect(text.replaceAll('\n', '$\n')).toBe(`$
------ Message Queues --------$
key        msqid      owner      perms      used-bytes   messages    $
0x6800e9b6 0          root       666        0            0           $
$
------ Shared Memory Segments --------$
key        shmid      owner      perms      bytes      nattch     status      $
0x215f4813 0          root       600        4096       0                       $
$
------ Semaphore Arrays --------$
key        semid      owner      perms      nsems     $
0xd3cfbddb 0          root       644        3         $
`)
})

test('a map is as the kernel writes it', () => {
  expect(idMapText([{ inside: 0, outside: 0, count: 4294967295 }])).toBe('         0          0 4294967295\n')
})
