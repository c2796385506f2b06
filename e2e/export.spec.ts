import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './support/fixtures.ts'

const ROOT = join(import.meta.dirname, '..')
/** What a company would not show: node, addresses (one is in the evidence alone), arguments and ids of the bundled pod. */
const SECRETS = [
  'node3',
  '10.244.3.11',
  'fe80::e842:23ff:feaf:a172',
  'daemon off',
  '697a076d-3051-4e1a-8627-4cd5ffe8a034',
]

async function openDialog(page: Page, url: string) {
  await page.goto(url)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('menuitem', { name: 'Picture…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Picture of lab-v2/myweb2' })
  await expect(dialog.getByRole('img', { name: 'The picture as it will be' })).toBeVisible()
  return dialog
}

async function saved(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  const download = await coming
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

async function drop(page: Page, name: string, type: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, kind, base64]) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], file, { type: kind }))
      return data
    },
    [name, type, bytes.toString('base64')] as const,
  )
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

test('the saved SVG is the server’s and the command line’s, byte for byte, and opens again', async ({
  page,
  recordings,
}) => {
  await openDialog(page, `${recordings.url}/?theme=light`)
  await expectAccessible(page)
  const { name, bytes } = await saved(page, 'Save SVG')
  expect(name).toBe('lab-v2-myweb2.svg')
  const answer = await page.request.get(`${recordings.url}/api/pods/lab-v2/myweb2/graph.svg?embed=1`)
  expect(answer.headers()['content-type']).toContain('image/svg+xml')
  expect(bytes.equals(await answer.body())).toBe(true)
  const recording = join(ROOT, 'apps/server/recordings/1-containerd-cgroup2.json')
  const args = ['observe', '--recording', recording, '--pod', 'lab-v2/myweb2', '-o', 'svg', '--embed']
  expect(bytes.equals(execFileSync(process.execPath, [join(ROOT, 'apps/server/src/main.ts'), ...args]))).toBe(true)

  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await drop(page, name, 'image/svg+xml', bytes)
  await expect(page).toHaveURL(/recording=file:lab-v2-myweb2.svg/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('lab-v2/myweb2')
})

test('a PNG has the size that was chosen, and the recording inside', async ({ page, recordings }) => {
  const dialog = await openDialog(page, recordings.url)
  await dialog.getByRole('radio', { name: '1×' }).check()
  const small = await saved(page, 'Save PNG')
  await dialog.getByRole('radio', { name: '4×' }).check()
  const large = await saved(page, 'Save PNG')
  const sizes = [small, large].map(({ bytes }) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)])
  expect(sizes[0]?.[0]).toBe(1240)
  expect(sizes[1]).toEqual(sizes[0]?.map((side) => side * 4))
  const colours = await page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    const found = new Set<number>()
    for (let at = 0; at < data.length; at += 4)
      found.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0))
    return { corner: [...data.slice(0, 4)], count: found.size }
  }, small.bytes.toString('base64'))
  expect(colours.corner[3]).toBe(255)
  // Text and lines of many colours, not an empty sheet.
  expect(colours.count).toBeGreaterThan(100)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await drop(page, 'slide.png', 'image/png', small.bytes)
  await expect(page).toHaveURL(/recording=file:slide.png/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('lab-v2/myweb2')
})

test('a whole node: the saved SVG is the server’s, without what was left out, and opens again', async ({
  page,
  recordings,
}) => {
  await page.goto(`${recordings.url}/?node=node3&theme=dark`)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('menuitem', { name: 'Picture…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Picture of node node3' })
  await expect(dialog.getByRole('img', { name: 'The picture as it will be' })).toBeVisible()
  await expectAccessible(page)
  await expect(dialog.getByRole('checkbox', { name: 'Redacted' })).toHaveCount(0)
  await dialog.getByRole('checkbox', { name: 'Legend' }).uncheck()
  const { name, bytes } = await saved(page, 'Save SVG')
  expect(name).toBe('node3.svg')
  const answer = await page.request.get(`${recordings.url}/api/nodes/node3/graph.svg?theme=dark&legend=0&embed=1`)
  expect(bytes.equals(await answer.body())).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await drop(page, name, 'image/svg+xml', bytes)
  await expect(page).toHaveURL(/recording=file:node3.svg/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Node node3')
})

test('what is redacted is in no export, nor in the evidence that goes with it', async ({
  page,
  context,
  recordings,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const dialog = await openDialog(page, `${recordings.url}/?select=namespace/net:[4026532649]`)
  const copied: string[] = []
  for (const redacted of [false, true]) {
    await dialog.getByRole('checkbox', { name: 'Redacted' }).setChecked(redacted)
    const svg = await saved(page, 'Save SVG')
    const png = await saved(page, 'Save PNG')
    copied.length = 0
    for (const text of ['Markdown', 'lsns', 'Mermaid']) {
      await dialog.getByRole('button', { name: `Copy: ${text}` }).click()
      await expect(dialog.getByRole('button', { name: `Copied: ${text}` })).toBeVisible()
      copied.push(await page.evaluate(() => navigator.clipboard.readText()))
    }
    const all = [svg.bytes.toString('latin1'), png.bytes.toString('latin1'), ...copied].join('\n')
    expect(SECRETS.filter((secret) => all.includes(secret))).toEqual(redacted ? [] : SECRETS)
  }
})

test('the picture goes to the clipboard', async ({ page, context, recordings }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const dialog = await openDialog(page, `${recordings.url}/?view=boxes&theme=dark`)
  await expect(dialog.getByRole('radio', { name: 'Boxes' })).toBeChecked()
  await expect(dialog.getByRole('radio', { name: 'Dark' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Copy picture' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Copied.')
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types))
  expect(types).toContain('image/png')
})

test('on paper the picture is whole and alone, wherever it was moved to', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?zoom=3,10,10`)
  const svg = page.getByRole('group', { name: 'Namespaces of pod lab-v2/myweb2' })
  await expect(svg).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(svg).toHaveAttribute('viewBox', /^0 0 1240 /)
  await expect(page.getByRole('banner')).toBeHidden()
  const { sheet, card } = await page.evaluate(() => ({
    sheet: document.documentElement.clientWidth,
    card: [...document.querySelectorAll('[data-kind="namespace"]')].map((one) => one.getBoundingClientRect().right),
  }))
  expect(Math.max(...card)).toBeLessThanOrEqual(sheet)
  expect(Math.max(...card)).toBeGreaterThan(sheet * 0.8)
  await page.emulateMedia({ media: 'screen' })
  await expect(svg).not.toHaveAttribute('viewBox', /./)
})

test('a picture without a recording says so', async ({ page, recordings }) => {
  await page.goto(recordings.url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('lab-v2/myweb2')
  await drop(page, 'other.svg', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
  await expect(page.getByText('There is no recording in other.svg.')).toBeVisible()
})
