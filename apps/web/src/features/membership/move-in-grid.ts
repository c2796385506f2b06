export type Place = { row: number; column: number }

/** Where a key leads in a table (WAI-ARIA Authoring Practices, grid); null for a key that means nothing here. */
export function moveInGrid({ row, column }: Place, key: string, size: { rows: number; columns: number }): Place | null {
  const at = (nextRow: number, nextColumn: number): Place => ({
    row: Math.min(size.rows - 1, Math.max(0, nextRow)),
    column: Math.min(size.columns - 1, Math.max(0, nextColumn)),
  })
  switch (key) {
    case 'ArrowUp':
      return at(row - 1, column)
    case 'ArrowDown':
      return at(row + 1, column)
    case 'ArrowLeft':
      return at(row, column - 1)
    case 'ArrowRight':
      return at(row, column + 1)
    case 'Home':
      return at(row, 0)
    case 'End':
      return at(row, size.columns - 1)
    case 'PageUp':
      return at(0, column)
    case 'PageDown':
      return at(size.rows - 1, column)
    default:
      return null
  }
}
