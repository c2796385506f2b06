import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

const NEXT = {
  missing: 'Check the path.',
  folder: 'Give the path of a file in it.',
  denied: 'Ask for read permission.',
  empty: 'What wrote it may have failed; make it again.',
  'too-large': 'Check that it is the right file.',
  unreadable: 'Check the path and the disk.',
} as const

/** A file that cannot be used. `message` says which and why, `next` what to do. */
export class FileError extends Error {
  readonly code: keyof typeof NEXT
  readonly next: string

  constructor(code: keyof typeof NEXT, message: string) {
    super(message)
    this.name = 'FileError'
    this.code = code
    this.next = NEXT[code]
  }
}

export type ReadTextOptions = {
  /** Names the file in messages: `pods file`. */
  what: string
  maxBytes: number
  /** Makes the error for a file of more bytes. */
  tooLarge?: (bytes: number) => Error
}

/**
 * Reads a text file, `-` for standard input. A file over the limit is refused by its size, before it is read; a pipe when
 * it has given more than the limit.
 * @throws FileError, or what `tooLarge` makes.
 */
export async function readText(path: string, options: ReadTextOptions): Promise<string> {
  const { maxBytes } = options
  const name = path === '-' ? `${options.what} on standard input` : `${options.what} ${path}`
  const tooLarge = options.tooLarge ?? ((bytes: number) => fileTooLarge(name, bytes, maxBytes))
  try {
    if (path !== '-') {
      const stats = await stat(path)
      if (stats.isDirectory()) throw new FileError('folder', `The ${name} is a folder.`)
      if (stats.size > maxBytes) throw tooLarge(stats.size)
    }
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > maxBytes) throw tooLarge(bytes)
    }
    const text = Buffer.concat(chunks).toString('utf8')
    if (text.trim() === '') throw new FileError('empty', `The ${name} is empty.`)
    return text
  } catch (cause) {
    throw explain(cause, name)
  }
}

function fileTooLarge(name: string, bytes: number, maxBytes: number): FileError {
  const [size, limit] = [Math.ceil(bytes / 1024 / 1024), Math.round(maxBytes / 1024 / 1024)]
  return new FileError('too-large', `The ${name} has ${size} MB; at most ${limit} MB are read.`)
}

function explain(cause: unknown, name: string): unknown {
  const code = (cause as NodeJS.ErrnoException).code
  if (cause instanceof FileError || typeof (cause as NodeJS.ErrnoException).syscall !== 'string') return cause
  if (code === 'ENOENT' || code === 'ENOTDIR') return new FileError('missing', `The ${name} does not exist.`)
  if (code === 'EACCES' || code === 'EPERM') return new FileError('denied', `The ${name} may not be read by this user.`)
  return new FileError('unreadable', `The ${name} cannot be read (${code}).`)
}
