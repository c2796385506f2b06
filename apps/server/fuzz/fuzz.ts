import { Worker } from 'node:worker_threads'
import type { CorpusNode } from './corpus.ts'
import type { FuzzNews, FuzzOrder } from './fuzz-worker.ts'

/** A case that takes longer counts as hanging. */
const HANG_MS = 20_000

export type FuzzResult = {
  cases: number
  /** How many of them were refused with a ProbeError, so that nothing was drawn. */
  refused: number
  seconds: number
  /** The case that took longest. */
  slowest: { index: number; milliseconds: number }
  /** The first case that went wrong, which is the last one tried. */
  failure: { index: number; faults: string[] } | null
}

/**
 * Tries cases until one goes wrong, their number is reached or their time is up.
 * @param onProgress is told how many cases are done, about once a second.
 */
export function fuzz(order: FuzzOrder, onProgress: (cases: number) => void = () => {}): Promise<FuzzResult> {
  const start = performance.now()
  const result: FuzzResult = { cases: 0, refused: 0, seconds: 0, slowest: { index: 0, milliseconds: 0 }, failure: null }
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), { workerData: order })
  let running = { index: 0, since: start }
  let told = start

  return new Promise((resolve, reject) => {
    const end = () => {
      clearInterval(watch)
      result.seconds = (performance.now() - start) / 1000
      worker.terminate().then(() => resolve(result), reject)
    }
    const watch = setInterval(() => {
      if (performance.now() - running.since < HANG_MS) return
      result.failure ??= { index: running.index, faults: [`It did not end within ${HANG_MS / 1000} s.`] }
      end()
    }, 500)
    worker.on('error', (cause) => {
      clearInterval(watch)
      reject(cause)
    })
    worker.on('message', (news: FuzzNews) => {
      const now = performance.now()
      if (news.kind === 'done') return end()
      if (news.kind === 'begin') {
        running = { index: news.index, since: now }
        return
      }
      const milliseconds = now - running.since
      if (milliseconds > result.slowest.milliseconds) result.slowest = { index: news.index, milliseconds }
      result.cases++
      if (news.refused) result.refused++
      if (news.faults.length > 0) result.failure = { index: news.index, faults: news.faults }
      running = { index: news.index + 1, since: now }
      if (now - told > 1000) {
        told = now
        onProgress(result.cases)
      }
    })
  })
}

/** The order for one case count or one time, whichever is asked. */
export function orderOf(corpus: CorpusNode[], seed: number, limit: { cases?: number; seconds?: number }): FuzzOrder {
  const { cases = Number.MAX_SAFE_INTEGER, seconds } = limit
  return { corpus, seed, cases, milliseconds: seconds === undefined ? Number.MAX_SAFE_INTEGER : seconds * 1000 }
}
