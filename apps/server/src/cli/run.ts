import { CommanderError } from 'commander'
import { readVersion } from '../version.ts'
import { CliError } from './cli-error.ts'
import { LOG_LEVELS } from './log-options.ts'
import { createProgram, SWITCHES } from './program.ts'
import { say } from './say.ts'
import { settleSwitches } from './switches.ts'

/**
 * Runs the command line.
 * @param argv what the user typed behind the program's name.
 * @returns the exit code: 0, 1 for a failure, 2 for a wrong command line.
 */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    settleSwitches(process.env, SWITCHES)
    const program = createProgram(readVersion(), {
      serve: async (options, given) => (await import('./serve.ts')).serve(options, given),
      observe: async (options) => (await import('./observe.ts')).observe(options),
    })
    refuseUnknownCommand(argv[0], [...program.commands.map((command) => command.name()), 'help'])
    await program.parseAsync([...argv], { from: 'user' })
    return 0
  } catch (error) {
    return explain(error)
  }
}

/** Commander would hand it to the default command, which has no argument. */
function refuseUnknownCommand(name: string | undefined, known: readonly string[]): void {
  if (name === undefined || name.startsWith('-') || known.includes(name)) return
  throw new CliError('usage', `There is no command "${name}".`, `Use one of ${known.join(', ')}.`)
}

/** Errors with `next` were foreseen and put into words by the room that threw them. */
async function explain(error: unknown): Promise<number> {
  // Commander has printed its own already; help and version come this way too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const { message, next, exitCode = 1 } = error as { message: string; next?: string | null; exitCode?: number }
  if (next !== undefined) {
    say(next ? `${message} ${next}` : message)
    return exitCode
  }
  const { createLog, describeError } = await import('./log.ts')
  const { name, message: what } = describeError(error)
  say(`An error that should not happen: ${[name, what].filter(Boolean).join(': ')}. Please report it.`)
  const level = LOG_LEVELS.find((name) => name === process.env.PAUSESCOPE_LOG_LEVEL) ?? 'silent'
  createLog({ format: 'json', level }).error(error, 'command')
  return 1
}
