import type { PodSummary } from '@pausescope/shared'
import type { IconName } from '../../ui/icon.tsx'

export type StatusLook = { tone: 'good' | 'warn' | 'bad' | 'quiet'; icon: IconName }

/** How a pod's STATUS looks in the list. The icon's shape tells as much as its colour. */
export function statusLook({ status, phase, ready, containers }: PodSummary): StatusLook {
  if (status === 'Terminating') return { tone: 'quiet', icon: 'ending' }
  if (/^(Completed|Succeeded)$/.test(status)) return { tone: 'quiet', icon: 'done' }
  if (/Error|BackOff|Failed|Evicted|OOM|Invalid|Unknown|NeverPull/.test(status)) return { tone: 'bad', icon: 'stop' }
  if (phase === 'Running' && ready >= containers) return { tone: 'good', icon: 'running' }
  return { tone: 'warn', icon: phase === 'Running' ? 'alert' : 'clock' }
}
