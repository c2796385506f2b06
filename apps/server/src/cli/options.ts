import type { ExportOptions } from '@pausescope/shared'
import type { LogFormat, LogLevel } from './log-options.ts'

export const OUTPUTS = ['json', 'lsns', 'svg', 'markdown', 'mermaid', 'evidence'] as const

export type ServeOptions = {
  port: number
  host: string
  allowedHost: string[]
  kubeconfig?: string
  context?: string
  recording?: string
  allowHelper?: boolean
  helperImage?: string
  helperNamespace?: string
  scanCache?: number
  open?: boolean
  /** False: --no-token. */
  token: boolean
  logFormat: LogFormat
  logLevel: LogLevel
}

export type ObserveOptions = ExportOptions & {
  procRoot: string
  pods?: string
  node?: string
  pod?: string
  wholeNode?: boolean
  output: (typeof OUTPUTS)[number]
  recording?: string
  frame: number
  kubeconfig?: string
  context?: string
  allowHelper?: boolean
  helperImage?: string
  helperNamespace?: string
}

/** Whether the user gave an option, by flag or variable, as against its default. */
export type Given = (option: string) => boolean
