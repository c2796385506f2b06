/** True for addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** The address of the page, for a person to open. */
export function pageUrl(host: string, port: number, allowedHosts: readonly string[]): string {
  const name = isLoopback(host) ? host : (allowedHosts[0] as string)
  if (name.includes(':') && isLoopback(host)) return `http://[${name}]:${port}`
  return /:\d+$/.test(name) ? `http://${name}` : `http://${name}:${port}`
}
