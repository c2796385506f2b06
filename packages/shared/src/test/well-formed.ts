/** One token of XML at the start of what is left; attributes must be quoted and hold no `<`, text no bare `&` or `<`. */
const TOKEN =
  /^(?:<(?<open>[a-z]+)(?<attributes>(?: [a-zA-Z:-]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos);)*")*)(?<empty>\/?)>|<\/(?<close>[a-z]+)>|(?<text>(?:[^<&]|&(?:amp|lt|gt|quot|apos);)+))/
/** What XML 1.0 does not allow anywhere (its production Char). */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** Whether a text is one well-formed XML element, in the small part of XML that pictures use. For tests only. */
export function wellFormed(xml: string): boolean {
  if (ILLEGAL.test(xml)) return false
  const open: string[] = []
  let rest = xml.trim()
  while (rest !== '') {
    const token = TOKEN.exec(rest)
    if (!token?.groups) return false
    const { open: opened, attributes, empty, close } = token.groups
    if (close !== undefined && open.pop() !== close) return false
    if (opened !== undefined && empty === '') open.push(opened)
    const names = [...(attributes ?? '').matchAll(/ ([a-zA-Z:-]+)=/g)].map(([, name]) => name)
    if (new Set(names).size < names.length) return false
    rest = rest.slice(token[0].length)
    if (open.length === 0 && rest !== '') return false
  }
  return open.length === 0
}
