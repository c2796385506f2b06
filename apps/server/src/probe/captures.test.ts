import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeScanSchema, type Pin } from '@pausescope/shared'
import { CAPTURES, loadCapture } from '@pausescope/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { runProbe } from './run-probe.ts'
import { findToolSets } from './test/tools.ts'
import { walkProc } from './test/walk-proc.ts'

const toolSets = findToolSets()
afterAll(() => {
  for (const { remove } of toolSets) remove()
})

/** Pins as mountinfo spells them; no capture has an escaped path among them. */
function walkPins(procRoot: string): string[] {
  const lines = readFileSync(join(procRoot, '1', 'mountinfo'), 'utf8').split('\n')
  return lines.filter((line) => / - nsfs /.test(line)).map((line) => line.split(' ').slice(3, 5).join(' '))
}

const spell = ({ id, path }: Pin) => `${id.type}:[${id.inode}] ${path}`

describe.each(CAPTURES)('%s', (name) => {
  const { procRoot } = loadCapture(name)
  const walked = walkProc(procRoot)
  const file = (path: string) => readFileSync(join(procRoot, path), 'utf8').trim()

  it.each(toolSets)('read with $name, is what a plain walk finds', async ({ options }) => {
    const scan = await runProbe(procRoot, options)
    expect(scan.processes.map(({ unreadable, ...process }) => process)).toEqual(walked)
    expect(scan.pins.map(spell)).toEqual(walkPins(procRoot))
    expect(scan.gaps).toEqual([])
    expect(scan.types).toHaveLength(8)
    expect(scan).toMatchObject({
      // The capture's reader had a uts namespace of its own, and PID 1's root is not in the tree.
      hostname: null,
      bootId: file('sys/kernel/random/boot_id'),
      kernel: file('sys/kernel/osrelease'),
      uptime: Number(file('uptime').split(' ')[0]),
      cgroupVersion: name.startsWith('node1') ? 'v1' : 'v2',
      nsfsDevice: 4,
    })
    nodeScanSchema.parse(scan)
  })

  it('has zombies that kept only user and pid, and says that the rest is gone', async () => {
    const { processes } = await runProbe(procRoot)
    const incomplete = processes.filter(({ unreadable }) => unreadable !== undefined)
    expect(incomplete.map(({ pid }) => pid)).toEqual(
      processes.filter(({ state }) => state === 'Z').map(({ pid }) => pid),
    )
    for (const { ns, unreadable } of incomplete) {
      expect(Object.keys(ns).sort()).toEqual(['pid', 'user'])
      expect(unreadable).toBe('gone')
    }
  })
})
