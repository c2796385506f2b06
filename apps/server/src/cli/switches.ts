import { CliError } from './cli-error.ts'

const ON = ['1', 'true', 'yes', 'on']
const OFF = ['', '0', 'false', 'no', 'off']

/**
 * Prepares the environment for switches, flags without a value: commander takes any value of their variable, also "0", for
 * on. A variable that says off is dropped, so that it means what it says.
 * @throws CliError for a value that says neither.
 */
export function settleSwitches(env: NodeJS.ProcessEnv, names: readonly string[]): void {
  for (const name of names) {
    const value = env[name]?.trim().toLowerCase()
    if (value === undefined || ON.includes(value)) continue
    if (!OFF.includes(value))
      throw new CliError('usage', `${name}=${env[name]} is neither on nor off.`, 'Set it to 1 or 0.')
    delete env[name]
  }
}
