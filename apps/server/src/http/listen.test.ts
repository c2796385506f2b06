import { request } from 'node:http'
import { expect, test } from 'vitest'
import { listen } from './listen.ts'

/** What came of a request: its text, or how it ended without one. */
function ask(port: number, onBegin: () => void = () => {}): Promise<string> {
  return new Promise((resolve) => {
    const outgoing = request({ host: '127.0.0.1', port }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        onBegin()
      })
      answer.on('end', () => resolve(text)).on('error', () => resolve(`${text} cut`))
    })
    outgoing.on('error', ({ message }) => resolve(message)).end()
  })
}

test('a stop lets an answer under way end, cuts a stream that does not, and takes nothing new', async () => {
  let finish = () => {}
  let began = 0
  const server = await listen(
    (_request, response) => {
      response.write(`${++began}`)
      if (began === 1) finish = () => response.end(' whole')
    },
    { host: '127.0.0.1', port: 0, orAnother: false },
  )
  const first = ask(server.port)
  await expect.poll(() => began).toBe(1)
  let seen = false
  const stream = ask(server.port, () => {
    seen = true
  })
  await expect.poll(() => seen).toBe(true)
  const closed = server.close(500)
  await expect.poll(() => ask(server.port)).toMatch(/ECONNREFUSED/)
  finish()
  expect(await first).toBe('1 whole')
  expect(await stream).toBe('2 cut')
  await closed
})
