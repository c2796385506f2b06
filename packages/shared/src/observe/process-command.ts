import type { ScannedProcess } from '../model/node-scan.ts'

/** The command line as lsns and ps print it: arguments joined by spaces; the name for who has none (zombies, kernel). */
export function processCommand(process: Pick<ScannedProcess, 'argv' | 'comm'>): string {
  return process.argv.length > 0 ? process.argv.join(' ') : process.comm
}
