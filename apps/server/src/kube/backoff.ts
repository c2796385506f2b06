const FIRST_MS = 500
const LONGEST_MS = 30_000

/**
 * How long to wait before the next try, in milliseconds: from half to the whole of 0.5 s doubled with each failure up to
 * 30 s. The jitter keeps many clients from coming back at one instant.
 * @param failures how many tries failed in a row, from 1
 * @param random a number from 0 to 1
 */
export function backoffMs(failures: number, random: number): number {
  const span = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
  return span / 2 + (span / 2) * random
}
