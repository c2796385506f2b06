/** "Who answers localhost at this port?", asked in a container. */
export type Ask = {
  /** The container's key in the graph. */
  container: string
  port: number
  protocol: 'tcp' | 'udp'
}

export const MOST_PORT = 65_535

/** `80,container:web`, or `53/udp,container:web`. */
export function encodeAsk({ container, port, protocol }: Ask): string {
  return `${port}${protocol === 'udp' ? '/udp' : ''},${container}`
}

/** The opposite of encodeAsk; null for anything it did not write. */
export function decodeAsk(text: string | null): Ask | null {
  const [, digits, protocol, container] = /^([1-9]\d{0,4})(\/udp)?,(.+)$/s.exec(text ?? '') ?? []
  const port = Number(digits)
  if (container === undefined || port > MOST_PORT) return null
  return { container, port, protocol: protocol ? 'udp' : 'tcp' }
}
