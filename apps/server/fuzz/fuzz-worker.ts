/** Runs cases one after the other in a thread of its own, so that one that never ends can be ended. */
import { parentPort, workerData } from 'node:worker_threads'
import { type CaseResult, checkCase } from './check-case.ts'
import type { CorpusNode } from './corpus.ts'
import { makeCase } from './make-case.ts'

/** What the thread is started with. */
export type FuzzOrder = { corpus: CorpusNode[]; seed: number; cases: number; milliseconds: number }
/** A case begins, has ended (with what is wrong with it), or there is none left. */
export type FuzzNews =
  | { kind: 'begin'; index: number }
  | ({ kind: 'end'; index: number } & CaseResult)
  | { kind: 'done' }

const { corpus, seed, cases, milliseconds } = workerData as FuzzOrder
const tell = (news: FuzzNews) => parentPort?.postMessage(news)
const until = performance.now() + milliseconds
for (let index = 0; index < cases && performance.now() < until; index++) {
  tell({ kind: 'begin', index })
  const result = checkCase(makeCase(corpus, seed, index))
  tell({ kind: 'end', index, ...result })
  if (result.faults.length > 0) break
}
tell({ kind: 'done' })
