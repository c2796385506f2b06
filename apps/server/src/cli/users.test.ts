import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readUsers } from './users.ts'

test('names users by uid, the first line of a uid counts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pausescope-users-'))
  writeFileSync(
    join(folder, 'passwd'),
    'root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\n#\nwww:x:33:33:::\nbad:x:y:1:::\n',
  )
  expect(readUsers(join(folder, 'passwd'))).toEqual({ 0: 'root', 33: 'www' })
  expect(readUsers(join(folder, 'gone'))).toEqual({})
  rmSync(folder, { recursive: true })
})
