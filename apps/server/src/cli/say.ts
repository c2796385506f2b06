/** Tells the person at the terminal; standard output is for results only. */
export function say(line: string): void {
  process.stderr.write(`pausescope: ${printable(line)}\n`)
}

/** Names can hold control characters: shown, not sent. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, '\ufffd')
}
