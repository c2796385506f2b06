import type { NodeGraphPod, NodeGroup } from '@pausescope/shared'
import { describe, expect, it } from 'vitest'
import { nextRow, rowsInView, rowsOf } from './pod-table-rows.ts'

const pod = (key: string) => ({ key }) as NodeGraphPod
const group = (key: string, ...pods: string[]) => ({ key, pods: pods.map(pod) }) as unknown as NodeGroup
/** 0 heading, 1 and 2 pods, 3 heading, 4 pod. */
const rows = rowsOf([group('node', 'a', 'b'), group('pattern', 'c')])

it('has a heading for each group, and its pods below', () => {
  expect(rows.map(({ key }) => key)).toEqual(['group node', 'pod a', 'pod b', 'group pattern', 'pod c'])
})

it.each([
  ['ArrowDown', 1, 2],
  ['ArrowDown', 2, 4],
  ['ArrowDown', 4, 4],
  ['ArrowUp', 4, 2],
  ['ArrowUp', 1, 1],
  ['End', 1, 4],
  ['Home', 4, 1],
  ['PageDown', 1, 4],
  ['PageUp', 4, 1],
  ['x', 1, null],
])('%s leads from row %i to %s, over the headings', (key, from, to) => {
  expect(nextRow(rows, from, key)).toBe(to)
})

it('leads nowhere where there is no pod', () => {
  expect(nextRow([], 0, 'ArrowDown')).toBeNull()
})

describe('the rows in the page', () => {
  it.each([
    ['at the top', -200, [0, 27]],
    ['in the middle', 3400, [88, 132]],
    ['at the end', 34_000 - 680, [968, 1000]],
    ['beyond the end', 90_000, [1000, 1000]],
  ])('%s', (_name, scroll, expected) => {
    expect(rowsInView(1000, { scroll, height: 680, rowHeight: 34 })).toEqual(expected)
  })
})
