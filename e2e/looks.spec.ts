import type { Page } from '@playwright/test'
import { expect, expectAccessible, show, test } from './support/fixtures.ts'

const SIZES = [
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
  { width: 1440, height: 900 },
  { width: 3840, height: 2160 },
]

/** Each way to look at a pod, and by what it can be told that it is there. */
const VIEWS = [
  { query: '', seen: (page: Page) => page.getByRole('group', { name: 'Namespaces of pod lab-v2/myweb2' }) },
  { query: '&view=table', seen: (page: Page) => page.getByRole('row').filter({ hasText: 'myweb2-nginx' }) },
  {
    query: '&select=container/container:myweb2-nginx',
    seen: (page: Page) => page.getByRole('complementary', { name: 'Details' }),
  },
]

for (const theme of ['light', 'dark', 'contrast'] as const) {
  for (const size of theme === 'contrast' ? SIZES.slice(0, 2) : SIZES) {
    test(`nothing is cut or unreachable at ${size.width}×${size.height}, ${theme}`, async ({ page, recordings }) => {
      await page.setViewportSize(size)
      await page.goto(`${recordings.url}/?theme=${theme}`)
      for (const { query, seen } of VIEWS) {
        await show(page, `?theme=${theme}${query}`)
        await expect(seen(page)).toBeVisible()
        const { scroll, width } = await page.evaluate(() => ({
          scroll: document.documentElement.scrollWidth,
          width: window.innerWidth,
        }))
        expect(scroll).toBeLessThanOrEqual(width)
      }
      if (size.width === 390) await expectAccessible(page)
    })
  }
}

for (const { width, query } of [
  { width: 390, query: '?view=table' },
  { width: 1024, query: '?view=table' },
  { width: 1024, query: '?node=node3&view=table' },
  { width: 1024, query: '?node=node3&view=table&lang=ko' },
]) {
  test(`no table scrolls sideways at ${width}, ${query}`, async ({ page, recordings }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${recordings.url}/${query}`)
    const table = page.locator('table').first()
    await expect(table).toBeVisible()
    const { scroll, room } = await table.evaluate(({ parentElement: box }) => ({
      scroll: box?.scrollWidth,
      room: box?.clientWidth,
    }))
    expect(scroll).toBe(room)
    await expectAccessible(page)
  })
}

test('in a narrow list a pod that restarted still names its node', async ({ page, recordings }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await page.goto(recordings.url)
  const row = page.getByRole('treeitem', { name: /crashing.*10 restarts.*node3/ })
  const node = await row.getByText('node3').boundingBox()
  const all = await row.boundingBox()
  if (!node || !all) throw new Error('The row is not shown.')
  expect(node.width).toBeGreaterThan(40)
  expect(node.x + node.width).toBeLessThanOrEqual(all.x + all.width)
})

test('a field of the spec breaks between its parts, also where there is little room', async ({ page, recordings }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${recordings.url}/?select=container/container:debug-target`)
  const field = page.getByRole('complementary', { name: 'Details' }).getByText('targetContainerName').first()
  await expect(field).toBeVisible()
  const lines = await field.evaluate((code) =>
    [...code.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((text) => {
        const range = document.createRange()
        range.selectNode(text)
        return [text.textContent, range.getClientRects().length]
      }),
  )
  expect(lines).toEqual([
    ['ephemeralContainers[]', 1],
    ['.targetContainerName', 1],
  ])
})

test('follows the system’s theme until one is chosen', async ({ page, recordings }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(recordings.url)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const dark = await ground()
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Light' }).click()
  await expect(page).toHaveURL(/theme=light/)
  await expect.poll(ground).not.toBe(dark)
})
