import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { expect, expectAccessible, test } from './support/fixtures.ts'

const ROOT = join(import.meta.dirname, '..')
const SITE = join(ROOT, 'apps/web/dist-static')
/** A folder somewhere on somebody's site. */
const PATH = '/course/week-3/'
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

let host: Server
let site: string
const missing: string[] = []

// One worker: the folder is built once, and by nobody else while it is served.
test.describe.configure({ mode: 'default' })

test.beforeAll(async () => {
  test.setTimeout(180_000)
  execFileSync(process.execPath, ['--run', 'build:static'], { cwd: ROOT, stdio: 'pipe' })
  host = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  site = `http://127.0.0.1:${(host.address() as AddressInfo).port}${PATH}`
})
test.afterAll(() => host.close())

test('the page stands without a server, in any folder of a host', async ({ page }) => {
  await page.goto(site)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('lab-v2/myweb2')
  await page.getByRole('button', { name: 'Recordings' }).click()
  await page.getByRole('menuitemradio', { name: 'The same pods on CRI-O, cgroup v2' }).click()
  await expect(page).toHaveURL(/recording=2-crio-cgroup2/)
  await expect(page.getByText('CRI-O runs no pause process')).toBeVisible()
  await expectAccessible(page)
  expect(missing).toEqual([])
})

test('a link opens its recording, pod and view', async ({ page }) => {
  await page.goto(`${site}?recording=3-containerd-cgroup1&pod=lab-v1/shared-pid&view=table&lang=ko`)
  await expect(page.getByRole('grid')).toContainText('pause')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko')
  expect(missing).toEqual([])
})

/** As a plain host of files does. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = decodeURIComponent(new URL(request.url ?? '', 'http://host').pathname)
  const file = path.startsWith(PATH) ? join(SITE, normalize(path.slice(PATH.length) || 'index.html')) : ''
  const content = file.startsWith(SITE) ? await readFile(file).catch(() => null) : null
  if (content === null) missing.push(path)
  response.writeHead(content === null ? 404 : 200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' })
  response.end(content)
}
