import { z } from 'zod/mini'

/** Runtimes that put a kernel of their own between the app and the node. */
export const ISOLATING_RUNTIMES = ['gVisor', 'Kata Containers'] as const

/** Why a pod's namespaces, as the node has them, are not what its apps see. */
export const isolationSchema = z.object({
  runtime: z.enum(ISOLATING_RUNTIMES),
  /** What tells it: `spec.runtimeClassName: kata-qemu`, `process 4711 (runsc-sandbox)`. */
  evidence: z.string(),
})
export type Isolation = z.infer<typeof isolationSchema>
