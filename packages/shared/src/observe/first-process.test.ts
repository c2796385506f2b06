import { describe, expect, it } from 'vitest'
import { process } from '../test/domain-builders.ts'
import { firstProcess } from './first-process.ts'

describe('firstProcess', () => {
  it.each([
    ['the parent of the others', [process(50, { ppid: 2 }), process(20, { ppid: 50 })], 50],
    // PIDs wrap around: a later exec may have a lower one.
    ['the oldest, when an exec has a lower PID', [process(900, { starttime: 5 }), process(20, { starttime: 7 })], 900],
    [
      'PID 1 inside, when both came in one tick',
      [process(20, { starttime: 5, nspid: [20, 7] }), process(21, { starttime: 5, nspid: [21, 1] })],
      21,
    ],
    // PID 1 of a PID namespace that was made inside is not the container's.
    [
      'not the PID 1 of a nested namespace',
      [process(20, { nspid: [20, 1] }), process(21, { ppid: 20, starttime: 1, nspid: [21, 2, 1] })],
      20,
    ],
    ['one that lives, when the first is a zombie', [process(20, { state: 'Z' }), process(30)], 30],
    ['a zombie, when there is nothing else', [process(20, { state: 'Z' })], 20],
    ['the oldest of a ring of parents', [process(20, { ppid: 21 }), process(21, { ppid: 20 })], 20],
    ['itself, when it is its own parent', [process(20, { ppid: 20 })], 20],
  ])('is %s', (_name, processes, pid) => {
    expect(firstProcess(processes)?.pid).toBe(pid)
    expect(firstProcess(processes.toReversed())?.pid).toBe(pid)
  })

  it('is none of none', () => {
    expect(firstProcess([])).toBeNull()
  })
})
