import { expect, it } from 'vitest'
import { moveInGrid } from './move-in-grid.ts'

const SIZE = { rows: 3, columns: 9 }

it.each([
  [1, 1, 'ArrowUp', 0, 1],
  [0, 1, 'ArrowUp', 0, 1],
  [1, 1, 'ArrowDown', 2, 1],
  [2, 1, 'ArrowDown', 2, 1],
  [1, 1, 'ArrowLeft', 1, 0],
  [1, 0, 'ArrowLeft', 1, 0],
  [1, 8, 'ArrowRight', 1, 8],
  [1, 7, 'ArrowRight', 1, 8],
  [1, 4, 'Home', 1, 0],
  [1, 4, 'End', 1, 8],
  [2, 4, 'PageUp', 0, 4],
  [0, 4, 'PageDown', 2, 4],
])('from %i %i, %s leads to %i %i', (row, column, key, toRow, toColumn) => {
  expect(moveInGrid({ row, column }, key, SIZE)).toEqual({ row: toRow, column: toColumn })
})

it('leaves other keys alone', () => {
  expect(moveInGrid({ row: 0, column: 0 }, 'Enter', SIZE)).toBeNull()
})
