import { readFileSync } from 'node:fs'

/** The names of this machine's users by uid, as lsns prints them; passwd(5). Empty where the file cannot be read. */
export function readUsers(file = '/etc/passwd'): Record<number, string> {
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return {}
  }
  const users: Record<number, string> = {}
  for (const line of text.split('\n')) {
    const [name = '', , uid = ''] = line.split(':')
    // The first line of a uid names it, as in getpwuid(3).
    if (name !== '' && /^\d+$/.test(uid)) users[Number(uid)] ??= name
  }
  return users
}
