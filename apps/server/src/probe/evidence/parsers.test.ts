import { mountSchema, socketSchema } from '@pausescope/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ipv4FromHex, ipv6FromHex, ipv6FromWords } from './hex-address.ts'
import { parseHolders } from './parse-holders.ts'
import { isSameNamespace, parseLinkFiles } from './parse-interfaces.ts'
import { parsePosix, parseSysv } from './parse-ipc.ts'
import { parseMount } from './parse-mountinfo.ts'
import { parseRoute, parseRoute6 } from './parse-routes.ts'
import { parseSocket } from './parse-sockets.ts'

const malformed = () => ({ lines: 0 })
const holdersOf = (parts: Record<string, string>) => parseHolders(new Map(Object.entries(parts)), malformed())

describe('addresses', () => {
  it.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['fe8000000000000094525afffe377bb2', 'fe80::9452:5aff:fe37:7bb2'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010db8000100010001000100010000', '2001:db8:1:1:1:1:1:0'],
    ['00000000000000000000ffff0a63000d', '::ffff:10.99.0.13'],
  ])('%s is %s', (hex, text) => expect(ipv6FromHex(hex)).toBe(text))

  it('are four bytes or four words, in the order of the machine', () => {
    expect(ipv4FromHex('0100007F')).toBe('127.0.0.1')
    expect(ipv6FromWords('0000000000000000FFFF00000D00630A')).toBe('::ffff:10.99.0.13')
  })
})

describe('mounts', () => {
  it('have their escapes decoded, which can hold whole lines', () => {
    const line = String.raw`12 1 0:5 /a\040b\012 /x\0121\0402\0403:4\040/ rw - tmpfs a\134b ro,size=1k`
    expect(parseMount(line)).toMatchObject({ root: '/a b\n', path: '/x\n1 2 3:4 /', source: 'a\\b', readOnly: true })
  })

  it('tell how they propagate', () => {
    expect(parseMount('1 2 0:1 / /a rw shared:3 master:7 - ext4 /dev/vda rw')).toMatchObject({ shared: 3, master: 7 })
    expect(parseMount('1 2 0:1 / /a rw unbindable - ext4 /dev/vda rw')).toMatchObject({ unbindable: true })
  })
})

describe('who holds a socket', () => {
  const closed = { closed: '7/fd:closed' }
  it('a file with the number of a socket is none: it is not on sockfs, or on another mount than sockets are', () => {
    expect(holdersOf({ sockets: '5/fd/3:42', systems: '5/fd/3:ef53' }).byInode.size).toBe(0)
    const infos = 'mount:1/fd/4:534f434b:mnt_id: 10\n7/fdinfo/3:mnt_id:\t11\n7/fdinfo/3:ino:\t42'
    expect(holdersOf({ ...closed, infos }).byInode.size).toBe(0)
    const own = holdersOf({ ...closed, infos: infos.replace('\t11', '\t10') })
    expect(own.byInode.get(42)).toEqual([{ pid: 7, fd: 3 }])
    expect(own.unread.size).toBe(0)
  })

  it('without a socket that is known, nothing is believed of fdinfo', () => {
    const infos = 'mount:1/fd/4:ef53:mnt_id: 10\n7/fdinfo/3:mnt_id:\t10\n7/fdinfo/3:ino:\t42'
    expect(holdersOf({ ...closed, infos })).toEqual({ byInode: new Map(), unread: new Map([[7, 'closed']]) })
  })
})

describe('sysfs of another network namespace', () => {
  const counters = (rx: number, tx: number) => new Map([['eth0', { rx, tx }]])
  const links = (rx: number, tx: number) =>
    new Map([['eth0', { 'statistics/rx_bytes': String(rx), 'statistics/tx_bytes': String(tx) }]])
  it.each([
    ['counters in between', 12, 5, true],
    ['fewer received', 9, 5, false],
    ['more sent', 12, 7, false],
  ])('%s', (_, rx, tx, same) => {
    expect(isSameNamespace(links(rx, tx), counters(10, 5), counters(15, 6))).toBe(same)
  })
  it('another interface', () => {
    expect(isSameNamespace(new Map([['eth1', {}]]), counters(0, 0), counters(0, 0))).toBe(false)
  })
})

it('property: whatever comes, a parser gives a valid record or none, and never one that another line has written', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '0: ',
      '0100007F:0050 ',
      '00000000:0000 0A ',
      '5/fd/3:',
      ' - ',
      '/',
      '\\012',
      '\t',
      'eth0',
      '1 2 0:1 ',
    ),
    fc.string({ maxLength: 12 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const line = pieces.join('')
      const mount = parseMount(line)
      if (mount) mountSchema.parse(mount)
      for (const protocol of ['tcp', 'udp6'] as const) {
        const socket = parseSocket(protocol, line)
        if (socket) socketSchema.parse(socket)
      }
      parseRoute(line)
      parseRoute6(line)
      parseSysv(line, malformed())
      parseLinkFiles(line, malformed())
      const { objects } = parsePosix(line, 5, malformed())
      expect(objects?.every(({ pid, name }) => pid === 5 && !/[\n/]/.test(name)) ?? true).toBe(true)
      const { byInode } = holdersOf({ sockets: line, systems: line, infos: line, closed: line })
      expect([...byInode.values()].flat().every(({ pid }) => Number.isSafeInteger(pid))).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
