import { NAMESPACE_TYPES, type Spotlight } from '@pausescope/shared'

/** `net` for a type, `container:NAME` for a container. */
export function encodeSpotlight(spotlight: Spotlight): string {
  return spotlight.kind === 'type' ? spotlight.type : spotlight.key
}

/** What it does not understand is none. */
export function decodeSpotlight(text: string | null): Spotlight | null {
  if (!text) return null
  const type = NAMESPACE_TYPES.find((one) => one === text)
  if (type) return { kind: 'type', type }
  return /^(container|sandbox|unknown):./s.test(text) ? { kind: 'container', key: text } : null
}
