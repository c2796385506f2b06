import { expect, test } from 'vitest'
import { markdownTable } from './markdown-table.ts'

test('a cell is text, whatever is written in it', () => {
  expect(markdownTable(['a', 'b'], [['x | y', '<img src=x>\n[l](u)']])).toBe(
    '| a | b |\n| --- | --- |\n| x \\| y | \\<img src\\=x\\>␊\\[l\\]\\(u\\) |\n',
  )
})
