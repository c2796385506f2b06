export type TarEntry =
  | { path: string; kind: 'file'; body: Buffer; mode?: number }
  | { path: string; kind: 'link'; target: string }
  | { path: string; kind: 'folder'; mode?: number }

const BLOCK = 512
const TYPE = { file: '0', link: '2', folder: '5' } as const

/** A ustar archive (POSIX.1-1988) of these entries, owned by root, dated 1970: the same entries give the same bytes. */
export function tar(entries: readonly TarEntry[]): Buffer {
  const parts: Buffer[] = []
  for (const entry of entries) {
    const body = entry.kind === 'file' ? entry.body : Buffer.alloc(0)
    parts.push(header(entry, body.length), body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK))
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)])
}

function header(entry: TarEntry, size: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, width: number) =>
    block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1')
  block.write(entry.path, 0, 100)
  octal(('mode' in entry ? entry.mode : undefined) ?? 0o755, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(0, 136, 12)
  block.write(TYPE[entry.kind], 156, 'latin1')
  if (entry.kind === 'link') block.write(entry.target, 157, 100)
  block.write('ustar\x0000', 257, 'latin1')
  // The checksum is taken with its own field filled with spaces.
  block.write('        ', 148, 'latin1')
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  )
  return block
}
