/** Four bytes of an IPv4 address as /proc prints them: one number in the order of a little-endian machine. */
export function ipv4FromHex(hex: string): string {
  return bytesOf(hex).reverse().join('.')
}

/** An IPv6 address of /proc/net/tcp6: four such numbers. */
export function ipv6FromWords(hex: string): string {
  const words = hex.match(/.{8}/g) ?? []
  return ipv6FromHex(words.map((word) => (word.match(/../g) ?? []).reverse().join('')).join(''))
}

/** An IPv6 address of /proc/net/if_inet6, whose bytes are in their order; spelled as inet_ntop(3) does. */
export function ipv6FromHex(hex: string): string {
  const groups = (hex.match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16))
  const zeros = longestZeros(groups)
  const isV4 = zeros.start === 0 && ((zeros.length === 5 && groups[5] === 0xffff) || zeros.length === 6)
  const text = groups.map((group) => group.toString(16))
  if (isV4) text.splice(6, 2, bytesOf(hex.slice(24)).join('.'))
  if (zeros.length < 2) return text.join(':')
  return `${text.slice(0, zeros.start).join(':')}::${text.slice(zeros.start + zeros.length).join(':')}`
}

/** The first of the longest runs of zeros. */
function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: -1, length: 0 }
  for (let start = 0; start < groups.length; start++) {
    let length = 0
    while (groups[start + length] === 0) length++
    if (length > best.length) best = { start, length }
  }
  return best
}

function bytesOf(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))
}

/** `10.244.3.5` as a number, and back. */
export function ipv4Number(address: string): number {
  return address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0)
}

/** The number of leading ones; null for a mask with holes. */
export function prefixOfMask(mask: string): number | null {
  const bits = ipv4Number(mask).toString(2).padStart(32, '0')
  const ones = bits.lastIndexOf('1') + 1
  return bits.slice(0, ones).includes('0') ? null : ones
}
