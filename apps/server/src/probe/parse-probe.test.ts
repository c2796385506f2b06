import { gunzipSync, gzipSync } from 'node:zlib'
import { nodeScanSchema } from '@pausescope/shared'
import { loadCapture, NODE_NAMESPACES } from '@pausescope/testkit'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseProbe } from './parse-probe.ts'
import { ProbeError } from './probe-error.ts'
import { probeOutput } from './run-probe.ts'
import { withTree } from './test/with-tree.ts'

const HEADER = 'pausescope-probe 1 gzip\n'
const TRAILER = '\npausescope-end\n'

/** The code of the refusal; a scan is none. */
function refusal(output: Uint8Array): string | null {
  try {
    parseProbe(output)
    return null
  } catch (cause) {
    if (!(cause instanceof ProbeError)) throw cause
    expect(cause.message).toMatch(/^[A-Z].*\.$/)
    expect(cause.next).not.toBe('')
    return cause.code
  }
}

const wrap = (body: string | Uint8Array, level = 6) =>
  Buffer.concat([Buffer.from(HEADER), gzipSync(body, { level }), Buffer.from(TRAILER)])
const unwrap = (output: Buffer) => gunzipSync(output.subarray(HEADER.length, -TRAILER.length)).toString('latin1')

let small: Buffer
let node: Buffer
beforeAll(async () => {
  const processes = [1, 2, 3].map((pid) => ({ pid, comm: `p${pid}`, argv: ['a', 'b'], ns: NODE_NAMESPACES }))
  small = await withTree({ processes }, (root) => probeOutput(root))
  node = await probeOutput(loadCapture('node3-hostile').procRoot)
})

/** Items with equal keys together, in their order. */
function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
): Map<string | undefined, Item[]> {
  const groups = new Map<string | undefined, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

describe('the frame', () => {
  it('is refused when it is cut at any byte', () => {
    expect(refusal(small)).toBeNull()
    for (let length = 0; length < small.length; length++) {
      expect(refusal(small.subarray(0, length))).toMatch(length < HEADER.length ? /^not-probe-output$/ : /^cut$/)
    }
  })

  it('is refused when bytes are lost, doubled or changed anywhere in it', () => {
    for (let at = 0; at < small.length; at++) {
      const lost = Buffer.concat([small.subarray(0, at), small.subarray(at + 1)])
      const doubled = Buffer.concat([small.subarray(0, at + 1), small.subarray(at)])
      const changed = Buffer.from(small)
      changed[at] = (changed[at] as number) ^ 0x10
      for (const damaged of [lost, doubled, changed]) {
        // Some bytes of gzip's header say nothing of the content (time, system): then the scan is the same.
        if (refusal(damaged) === null) expect(parseProbe(damaged)).toEqual(parseProbe(small))
      }
    }
  })

  it('is refused when the script was stopped before its end', () => {
    const body = unwrap(small)
    const parts = body.split(/(?=== [0-9a-f-]{36} )/)
    expect(parts.map((part) => part.split('\n')[0]?.slice(40))).toEqual([
      'meta',
      'links',
      'files',
      'maps',
      'threads',
      'records',
      'end',
    ])
    for (let count = 0; count < parts.length; count++) {
      expect(refusal(wrap(parts.slice(0, count).join('')))).toBe('incomplete')
    }
    expect(refusal(wrap(parts.join('')))).toBeNull()
  })

  it('names what a machine said instead', () => {
    expect(() => parseProbe(Buffer.from(''))).toThrow('something that is not a scan (it is empty)')
    expect(() => parseProbe(Buffer.from('sh: not\u001b[31m\nfound'))).toThrow('it begins "sh: not [31m found"')
    expect(() => parseProbe(Buffer.from('pausescope-probe 1 cannot enter /x\n'))).toThrow('The probe cannot enter /x.')
    expect(refusal(Buffer.from('pausescope-probe 1 cannot run here: there is no stat\n'))).toBe('no-tools')
    expect(refusal(Buffer.from('pausescope-probe 2 gzip\n'))).toBe('not-probe-output')
  })

  it('is refused when it unpacks to more than a scan may have', () => {
    expect(refusal(wrap(Buffer.alloc(257 * 1024 * 1024), 1))).toBe('too-large')
  })
})

describe('whatever comes', () => {
  const bytes = fc.uint8Array({ maxLength: 300 })

  it('arbitrary bytes are refused', () => {
    fc.assert(fc.property(bytes, (output) => refusal(output) !== null))
    fc.assert(fc.property(bytes, (body) => refusal(wrap(body)) !== null))
  })

  it('a body damaged anywhere is a scan of the right form, or refused', () => {
    const body = Buffer.from(unwrap(node), 'latin1')
    const damage = fc.array(fc.record({ at: fc.nat({ max: body.length - 1 }), length: fc.nat({ max: 200 }), bytes }), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(damage, (damages) => {
        let damaged = body
        for (const { at, length, bytes } of damages) {
          damaged = Buffer.concat([damaged.subarray(0, at), bytes, damaged.subarray(at + length)])
        }
        const output = wrap(damaged)
        if (refusal(output) === null) nodeScanSchema.parse(parseProbe(output))
      }),
      { numRuns: 60 },
    )
  })

  it('lines in any order are the same scan', () => {
    const parts = unwrap(node).split(/(?=== [0-9a-f-]{36} )/)
    const [meta = '', links = '', files = '', maps = '', threads = '', records = '', end = ''] = parts
    const whole = parseProbe(node)
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (stream) => {
        const order = <Item>(items: Item[]) =>
          items
            .map((item) => ({ item, key: stream.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item)
        const lines = (part: string) => {
          const [head, ...rest] = part.trimEnd().split('\n')
          return `${[head, ...order(rest)].join('\n')}\n`
        }
        const [head = '', list = ''] = [
          records.slice(0, records.indexOf('\n') + 1),
          records.slice(records.indexOf('\n') + 1),
        ]
        // Arguments of one process keep their order; processes do not.
        const groups = groupBy(list.split('\0').slice(0, -1), (record) => /^\d+\/[a-z]+/.exec(record)?.[0])
        const shuffled = `${head}${order([...groups.values()])
          .flat()
          .join('\0')}\0`
        const byFile = groupBy(files.trimEnd().split('\n').slice(1), (line) => /^\d+\/[a-z]+/.exec(line)?.[0])
        const filesHead = files.slice(0, files.indexOf('\n') + 1)
        const shuffledFiles = `${filesHead}${order([...byFile.values()])
          .flat()
          .join('\n')}\n`
        expect(
          parseProbe(
            wrap(Buffer.from([meta, lines(links), shuffledFiles, maps, threads, shuffled, end].join(''), 'latin1')),
          ),
        ).toEqual(whole)
      }),
      { numRuns: 20 },
    )
  })

  it.each([
    ["'2/ns/net' -> 'net:[0]'"],
    ["'2/ns/net' -> 'net:[12x]'"],
    ["'2/ns/net' -> 'net'"],
    ["'2/ns/net' -> 'net:[99999999999999999999]'"],
    ["'2/ns/dream' -> 'dream:[1]'"],
    ["'x/ns/net' -> 'net:[1]'"],
    ["'2/ns/net"],
    ['anything'],
  ])('the line %j among the links is counted and nothing more', (line) => {
    const body = unwrap(small).replace(' links\n', ` links\n${line}\n`)
    const { gaps, ...scan } = parseProbe(wrap(body))
    const { gaps: before, ...same } = parseProbe(small)
    expect(scan).toEqual(same)
    expect(gaps.filter((gap) => !before.some(({ code }) => code === gap.code))).toMatchObject([
      { code: 'malformed', count: 1 },
    ])
  })

  it.each(['0', '4194305', '9'.repeat(30)])('the PID %s is none: what is said of it is counted', (pid) => {
    const body = unwrap(small)
      .replace(' links\n', ` links\n'${pid}/ns/net' -> 'net:[1]'\n`)
      .replace(' files\n', ` files\n${pid}/status:Uid:\t0\t0\t0\t0\n`)
      .replace(' records\n', ` records\n${pid}/stat:${pid} (x) S 1 ${'0 '.repeat(50)}\0`)
    const scan = nodeScanSchema.parse(parseProbe(wrap(body)))
    expect(scan.processes).toEqual(parseProbe(small).processes)
    expect(scan.gaps).toContainEqual(expect.objectContaining({ code: 'malformed', count: 3 }))
  })

  it.each(['', "'2/ns/net'", "'self/ns/uts'"])('the line %j is what a link that may not be read leaves', (line) => {
    const body = unwrap(small).replace("'2/ns/net' -> 'net:[4026531840]'", line)
    const scan = parseProbe(wrap(body))
    expect(scan.processes[1]).toMatchObject({ pid: 2, unreadable: 'denied' })
    expect(scan.gaps[0]).toMatchObject({ code: 'links-denied', count: 1, pids: [2] })
    expect(scan.gaps.map(({ code }) => code)).not.toContain('malformed')
  })
})
