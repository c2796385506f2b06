import { mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The /proc root of each node: what a command's argument `/proc` becomes. It is a link to the tree, so that a command that
 * runs on sees what takes the tree's place.
 */
export class ProcRoots {
  #folder: string | null = null
  readonly #nodes = new Set<string>()

  set(node: string, root: string): void {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'pausescope-proc-'))
    const link = join(this.#folder, node)
    symlinkSync(root, `${link}.new`)
    renameSync(`${link}.new`, link)
    this.#nodes.add(node)
  }

  /** This machine's /proc for a node that has none of its own. */
  get(node: string): string {
    return this.#folder !== null && this.#nodes.has(node) ? join(this.#folder, node) : '/proc'
  }

  close(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true })
    this.#folder = null
    this.#nodes.clear()
  }
}
