/** Fuzzes the way from a probe's output to a picture: `node apps/server/fuzz/main.ts --seconds 600 [--seed N]`. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkCase } from './check-case.ts'
import { readCorpus } from './corpus.ts'
import { fuzz, orderOf } from './fuzz.ts'
import { checkEvidenceCase, readEvidenceOutputs } from './fuzz-evidence.ts'
import { type FuzzCase, makeCase } from './make-case.ts'
import { shrinkCase } from './shrink.ts'

const SHRINK_MS = 60_000
/** Of the time, what goes to what is inside namespaces: its way is shorter. */
const EVIDENCE_SHARE = 0.2

const values = readOptions()
process.exitCode = values === null ? 2 : values.replay === undefined ? await run(values) : replay(values.replay)

/** Null when they cannot be taken, which is told. */
function readOptions() {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ options: { seconds: text, seed: text, replay: text } }).values
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : cause}. Give --seconds, --seed or --replay FILE.`)
    return null
  }
}

async function run(options: { seconds?: string; seed?: string }): Promise<number> {
  const seed = Number(options.seed ?? Date.now() % 1_000_000)
  const seconds = Number(options.seconds ?? 60)
  if (!Number.isSafeInteger(seed) || !(seconds > 0)) {
    console.error('--seed takes a whole number, --seconds one above 0.')
    return 2
  }
  console.log(`Seed ${seed}, ${seconds} s. Reading the captured nodes …`)
  if (!(await runEvidenceCases(seed, seconds * EVIDENCE_SHARE))) return 1
  const corpus = await readCorpus()
  const result = await fuzz(orderOf(corpus, seed, { seconds: seconds * (1 - EVIDENCE_SHARE) }), (cases) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${cases} cases`)
  })
  const { cases, refused, slowest, failure } = result
  console.log(
    `\n${cases} cases (${refused} refused) in ${result.seconds.toFixed(0)} s, ${(cases / result.seconds).toFixed(1)} a second.`,
  )
  console.log(`Slowest: case ${slowest.index}, ${slowest.milliseconds.toFixed(0)} ms.`)
  if (!failure) return 0
  const whole = makeCase(corpus, seed, failure.index)
  const hangs = failure.faults.some((fault) => fault.startsWith('It did not end'))
  const smaller = hangs ? whole : shrinkCase(whole, SHRINK_MS)
  const file = join(mkdtempSync(join(tmpdir(), 'pausescope-fuzz-')), 'case.json')
  writeFileSync(file, JSON.stringify(smaller))
  console.error(`Case ${failure.index} went wrong:\n${failure.faults.slice(0, 10).join('\n')}`)
  console.error(`Kept in ${file}. Try it again: node apps/server/fuzz/main.ts --replay ${file}`)
  return 1
}

/** False when one went wrong, which is told. */
async function runEvidenceCases(seed: number, seconds: number): Promise<boolean> {
  const outputs = await readEvidenceOutputs()
  const end = performance.now() + seconds * 1000
  let cases = 0
  for (; performance.now() < end; cases++) {
    const { faults } = checkEvidenceCase(outputs, seed, cases)
    for (const fault of faults) console.error(fault)
    if (faults.length > 0) return false
  }
  console.log(`${cases} cases of evidence.`)
  return true
}

function replay(file: string): number {
  let given: FuzzCase
  try {
    given = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    console.error(`${file} is no case that was kept: ${cause instanceof Error ? cause.message : cause}`)
    return 2
  }
  const { refused, faults } = checkCase(given)
  const verdict = refused ? 'refused, nothing is drawn.' : 'nothing is wrong.'
  console.log(`${given.about}: ${faults.length === 0 ? verdict : `\n${faults.join('\n')}`}`)
  return faults.length === 0 ? 0 : 1
}
