import type { NetworkRoute } from '@pausescope/shared'
import { ipv4FromHex, ipv6FromHex, prefixOfMask } from './hex-address.ts'

/** Bits of both tables, linux/route.h and linux/ipv6_route.h. */
const RTF_UP = 0x1
const RTF_GATEWAY = 0x2
const RTF_REJECT = 0x200
const RTF_LOCAL = 0x8000_0000
const RTF_ANYCAST = 0x10_0000
/** The entry that ends every lookup that found nothing. */
const LAST_METRIC = 0xffff_ffff

/** A line of /proc/PID/net/route; null for anything else, as the heading is. */
export function parseRoute(line: string): NetworkRoute | null {
  const [device, destination, gateway, flagText, , , metric, mask] = line.split('\t')
  if (![destination, gateway, mask].every((hex) => /^[\dA-F]{8}$/.test(hex ?? ''))) return null
  const flags = Number.parseInt(flagText ?? '', 16)
  const prefix = prefixOfMask(ipv4FromHex(mask as string))
  if (!device || Number.isNaN(flags) || prefix === null || !/^\d+$/.test(metric ?? '')) return null
  return routeOf('inet', device, flags, {
    destination: prefix === 0 ? 'default' : `${ipv4FromHex(destination as string)}/${prefix}`,
    gateway: ipv4FromHex(gateway as string),
    metric: Number(metric),
  })
}

const ROUTE6 =
  /^([\da-f]{32}) ([\da-f]{2}) [\da-f]{32} [\da-f]{2} ([\da-f]{32}) ([\da-f]{8}) [\da-f]{8} [\da-f]{8} ([\da-f]{8}) +(\S+)$/

/** A line of /proc/PID/net/ipv6_route. Of what the kernel keeps for itself (own addresses, multicast) nothing is given. */
export function parseRoute6(line: string): NetworkRoute | 'internal' | null {
  const [, destination, length, gateway, metricText, flagText, device] = ROUTE6.exec(line) ?? []
  if (!destination || !length || !gateway || !metricText || !flagText || !device) return null
  const flags = Number.parseInt(flagText, 16)
  const metric = Number.parseInt(metricText, 16)
  const isInternal = flags & (RTF_LOCAL | RTF_ANYCAST) || destination.startsWith('ff') || metric === LAST_METRIC
  if (isInternal || !(flags & RTF_UP)) return 'internal'
  const prefix = Number.parseInt(length, 16)
  return routeOf('inet6', device, flags, {
    destination: prefix === 0 ? 'default' : `${ipv6FromHex(destination)}/${prefix}`,
    gateway: ipv6FromHex(gateway),
    metric,
  })
}

type Told = Pick<NetworkRoute, 'destination' | 'metric'> & { gateway: string }

function routeOf(family: NetworkRoute['family'], device: string, flags: number, told: Told): NetworkRoute {
  const { destination, gateway, metric } = told
  return {
    family,
    destination,
    gateway: flags & RTF_GATEWAY ? gateway : null,
    interface: device,
    metric,
    ...(flags & RTF_REJECT ? { rejects: true } : {}),
  }
}
