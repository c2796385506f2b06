import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildProcTree, type ProcTree } from '@pausescope/testkit'

/** Trees are many small files: memory takes them several times faster than a disk. */
const BASE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** Builds a /proc tree, gives it to `use`, and removes it. */
export async function withTree<T>(tree: ProcTree, use: (procRoot: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(BASE, 'proc-tree-'))
  try {
    buildProcTree(folder, tree)
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
