import { expect, it } from 'vitest'
import { checkEvidenceCase, readEvidenceOutputs } from './fuzz-evidence.ts'

const SEED = 20261125
const CASES = 300

it(`${CASES} cases of damaged evidence: no crash, and no socket is held by a stranger`, {
  timeout: 300_000,
}, async () => {
  const outputs = await readEvidenceOutputs(['node3-containerd-cgroup2'])
  const cases = Array.from({ length: CASES }, (_, index) => checkEvidenceCase(outputs, SEED, index))
  expect(cases.flatMap(({ faults }) => faults)).toEqual([])
  // Most of the damage must be of the kind that gets to the evidence.
  expect(cases.filter(({ refused }) => refused).length).toBeLessThan(CASES / 2)
})
