/** Tells the person at the terminal; standard output is for results only. Names can hold control characters: shown, not sent. */
export function say(line: string): void {
  process.stderr.write(`pausescope: ${line.replace(/\p{C}/gu, '\ufffd')}\n`)
}
