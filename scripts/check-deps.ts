/** Proves the import rules of .dependency-cruiser.mjs, and that the checker saw the whole house. */
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import config from '../.dependency-cruiser.mjs'

/** Fewer modules than this means that the checker did not understand what it read. */
const AT_LEAST = { 'packages/shared': 20, 'packages/testkit': 5, 'apps/server': 30, 'apps/web': 30 }

const { forbidden = [], options } = config
const report = await cruise(['apps', 'packages', 'e2e'], { ...options, ruleSet: { forbidden }, validate: true })
const { modules, summary } = report.output as ICruiseResult

const problems = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
for (const [room, least] of Object.entries(AT_LEAST)) {
  const own = modules.filter(({ source }) => source.startsWith(`${room}/`) && !source.includes('node_modules'))
  if (own.length < least) problems.push(`${room}: only ${own.length} modules seen, expected ${least} or more`)
  if (!own.some(({ dependencies }) => dependencies.length > 0)) problems.push(`${room}: no import seen at all`)
}
for (const problem of problems) console.error(problem)
console.log(`${summary.totalCruised} modules, ${summary.totalDependenciesCruised} imports, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0
