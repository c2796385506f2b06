import { useMemo } from 'react'
import { navigate, useViewState } from './use-view-state.ts'

/** Names under which only this machine is reached (RFC 6761, RFC 5735, RFC 4291). */
const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/

/** True for the host part of an address that only this machine can reach. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname)
}

/** Whether arguments of commands are shown: they can hold secrets, so only on the person's own machine, unless chosen. */
export function useArguments(): { shown: boolean; toggle: () => void } {
  const { args } = useViewState()
  const shown = args === null ? isLoopback(window.location.hostname) : args === 'shown'
  return useMemo(() => ({ shown, toggle: () => navigate({ args: shown ? 'hidden' : 'shown' }, 'replace') }), [shown])
}
