import { API } from '@pausescope/shared'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { expectRefusal, type Served, serveApp } from './test/serve-app.ts'

const TOKEN = 'the-token-of-this-start'
const ONCE = 'the-code-for-the-opener'
let served: Served
let made = 0

beforeEach(async () => {
  await served?.close()
  served = await serveApp({ secrets: { token: TOKEN, once: ONCE, random: () => `session-${++made}` } })
})
afterAll(() => served.close())

/** Opens an address and gives the cookie that came with it, as a browser would send it. */
async function cookieOf(path: string): Promise<string | null> {
  const { headers } = await served.ask(path)
  return headers['set-cookie']?.[0]?.split(';')[0] ?? null
}

describe('with a token', () => {
  test('the API and the metrics answer only to who has it; the page, which holds nothing, and health to all', async () => {
    for (const path of [API.source, API.pods, API.graphSvg('lab-v2', 'myweb2'), '/api/nothing', '/metrics']) {
      const answer = await served.ask(path)
      expectRefusal(answer, 401, 'token-needed')
      expect(answer.headers['www-authenticate']).toBe('Bearer')
    }
    for (const path of ['/', '/favicon.svg', '/livez', '/readyz']) expect((await served.ask(path)).status).toBe(200)
  })

  test('a program sends it as a bearer', async () => {
    const bearer = (token: string) => served.ask(API.source, { Authorization: `Bearer ${token}` })
    expect((await bearer(TOKEN)).status).toBe(200)
    expect((await served.ask('/metrics', { Authorization: `bearer ${TOKEN}` })).status).toBe(200)
    for (const wrong of ['', 'x', `${TOKEN}x`, TOKEN.slice(1), ONCE, 'session-1']) {
      expectRefusal(await bearer(wrong), 401, 'token-needed')
    }
    expectRefusal(await served.ask(API.source, { Authorization: `Basic ${TOKEN}` }), 401, 'token-needed')
    expectRefusal(await served.ask(`${API.source}?token=${TOKEN}`), 401, 'token-needed')
  })

  test('its address gives a browser a cookie that no script reads, and goes on without it', async () => {
    const answer = await served.ask(`/?pod=default/myweb2&token=${TOKEN}&lang=ko`)
    expect([answer.status, answer.headers.location]).toEqual([303, '/?pod=default/myweb2&lang=ko'])
    expect(answer.headers['cache-control']).toBe('no-store')
    const cookie = answer.headers['set-cookie']?.[0] ?? ''
    expect(cookie).toMatch(new RegExp(`^pausescope-${served.port}=session-\\d+; Path=/; HttpOnly; SameSite=Strict$`))
    expect(JSON.stringify(answer.headers) + answer.body).not.toContain(TOKEN)
    const Cookie = `other=1; ${cookie.split(';')[0]}`
    expect((await served.ask(API.source, { Cookie })).status).toBe(200)
  })

  test('the printed address works again and again, in several browsers', async () => {
    const cookies = [await cookieOf(`/?token=${TOKEN}`), await cookieOf(`/?token=${TOKEN}`)]
    expect(new Set(cookies).size).toBe(2)
    for (const cookie of cookies) expect((await served.ask(API.source, { Cookie: cookie ?? '' })).status).toBe(200)
  })

  test('a wrong one, or a cookie that was made up, opens nothing', async () => {
    for (const token of ['wrong', '', `${TOKEN}&token=${TOKEN}`]) {
      const answer = await served.ask(`/?token=${token}`)
      expect([answer.status, answer.headers.location, answer.headers['set-cookie']]).toEqual([303, '/', undefined])
    }
    for (const value of ['', 'x', TOKEN, 'session-0']) {
      const Cookie = `pausescope-${served.port}=${value}`
      expectRefusal(await served.ask(API.source, { Cookie }), 401, 'token-needed')
    }
    const Cookie = (await cookieOf(`/?token=${TOKEN}`)) ?? ''
    expectRefusal(await served.ask(API.source, { Cookie: Cookie.replace('pausescope', 'x') }), 401, 'token-needed')
  })

  test('the code for the opener works once; seen a second time, whoever used it first is out', async () => {
    const first = (await cookieOf(`/?token=${ONCE}`)) ?? ''
    expect((await served.ask(API.source, { Cookie: first })).status).toBe(200)
    expect(await cookieOf(`/?token=${ONCE}`)).toBeNull()
    expectRefusal(await served.ask(API.source, { Cookie: first }), 401, 'token-needed')
    expect(await cookieOf(`/?token=${ONCE}`)).toBeNull()
  })

  test('it does not open the door to other sites or names', async () => {
    const Authorization = `Bearer ${TOKEN}`
    const cross = { Authorization, 'Sec-Fetch-Site': 'cross-site' }
    expectRefusal(await served.ask(API.pods, cross), 403, 'cross-site')
    expectRefusal(await served.ask(API.pods, { Authorization, Origin: 'http://evil.example' }), 403, 'cross-site')
    expectRefusal(await served.ask(`/?token=${TOKEN}`, { Host: 'evil.example' }), 403, 'host-not-allowed')
  })
})

test('without a token, one in an address is taken out all the same', async () => {
  const open = await serveApp()
  const { status, headers } = await open.ask('/?token=of-yesterday&pod=a/b')
  expect([status, headers.location, headers['set-cookie']]).toEqual([303, '/?pod=a/b', undefined])
  expect((await open.ask(API.source)).status).toBe(200)
  await open.close()
})
