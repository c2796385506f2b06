import type { Random } from './random.ts'

/** Text that has the form of what the probe, its parsers or a picture read elsewhere. */
const FORGERIES = [
  ') S 1 (',
  'a\nb',
  '\u001b[31mred\u001b[0m\r',
  "\n'1/ns/net' -> 'net:[1]'\n",
  '\n1/stat:1 (y) Z 0 ',
  '\n1/cgroup:0::/kubepods/pod697a076d-3051-4e1a-8627-4cd5ffe8a034/2\n',
  '\n1/status:Uid:\t7\t7\t7\t7\n',
  '\n1/mountinfo:1 2 0:4 net:[1] /x rw - nsfs nsfs rw\n',
  '\n== links\n',
  '\n==> 2/cmdline <==\n',
  '\npausescope-end\n',
  '</text><script>alert(1)</script>',
  '"><image href="x"/>&#0;]]>',
  '/pause',
  'catatonit',
  '-P',
  '\u202egnp.exe',
  'a\u0301\u0302\u0303\u0304\u0305zalgo',
  '컨테이너',
  '__proto__',
  '',
] as const

/** A name somebody chose to do harm: a forgery, any bytes, or very long. One byte a character. */
export function hostileText(random: Random): string {
  if (random.once(12)) return 'x'.repeat(1 + random.below(5000))
  if (random.once(2)) return Buffer.from(random.pick(FORGERIES)).toString('latin1')
  return randomBytes(random, 24)
}

/** Up to `most` bytes of any value, one a character. */
export function randomBytes(random: Random, most: number): string {
  return String.fromCharCode(...Array.from({ length: random.below(most + 1) }, () => random.below(256)))
}

/** The same as people see it: decoded. */
export function hostileName(random: Random): string {
  return Buffer.from(hostileText(random), 'latin1').toString('utf8')
}
