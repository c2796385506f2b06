import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'

test.beforeEach(async ({ page, recordings }) => {
  await page.goto(recordings.url)
  await expect(container(page)).toBeVisible()
  // The gestures are loaded after the picture is painted; d3-zoom keeps the place with the element.
  await expect.poll(() => picture(page).evaluate((svg) => '__zoom' in svg)).toBe(true)
})

test('the wheel scales around the pointer, within limits, and never the page', async ({ page }) => {
  const start = await centre(container(page))
  const { width } = await box(container(page))
  await page.mouse.move(start.x, start.y)
  await page.mouse.wheel(0, -300)
  await expect.poll(async () => (await box(container(page))).width).toBeGreaterThan(width * 1.3)
  near(await centre(container(page)), start)

  await page.keyboard.down('Control')
  for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, -300)
  await expect.poll(() => scale(page)).toBe(8)
  await page.mouse.wheel(0, -300)
  await page.keyboard.up('Control')
  expect(await page.evaluate(() => [window.visualViewport?.scale, window.scrollY])).toEqual([1, 0])

  for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, 3000)
  await expect.poll(() => scale(page)).toBe(0.1)
})

test('a drag moves the picture and selects nothing, a click selects, a double click does not scale', async ({
  page,
}) => {
  const start = await centre(container(page))
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 40, start.y - 20, { steps: 4 })
  await page.mouse.move(start.x + 90, start.y - 50, { steps: 4 })
  await page.mouse.up()
  near(await centre(container(page)), { x: start.x + 90, y: start.y - 50 })
  await expect(page).not.toHaveURL(/select=/)

  const before = await scale(page)
  await page.mouse.dblclick(start.x + 90, start.y - 50)
  await expect(page).toHaveURL(/select=container/)
  await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible()
  expect(await scale(page)).toBe(before)
})

test('a click by an unsteady hand selects and leaves the picture fitted', async ({ page }) => {
  const start = await centre(container(page))
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 2, start.y + 1)
  await page.mouse.up()
  await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible()
  const fitted = await place(page)
  await page.setViewportSize({ width: 1200, height: 700 })
  await expect.poll(() => place(page)).not.toBe(fitted)
})

test('what a person moved stays where it is when the data or the window changes, until it is fitted', async ({
  page,
}) => {
  const fitted = await place(page)
  await page.keyboard.press('+')
  await expect.poll(() => place(page)).not.toBe(fitted)
  const moved = await place(page)
  await page.getByRole('button', { name: 'Later moment' }).click()
  await expect(page).toHaveURL(/frame=2/)
  await expect(page.getByRole('button', { name: 'mnt:[4026532896], myweb2-nginx’s alone' })).toHaveCount(0)
  expect(await place(page)).toBe(moved)
  const { height } = await box(picture(page))
  await page.setViewportSize({ width: 1440, height: 700 })
  await expect.poll(async () => (await box(picture(page))).height).toBeLessThan(height)
  expect(await place(page)).toBe(moved)
  await page.keyboard.press('0')
  await expect.poll(() => place(page)).not.toBe(moved)
})

test('where the picture was moved is in the address: a load, Back and another view bring it back', async ({ page }) => {
  const steps = () => page.evaluate(() => window.history.length)
  const fitted = await place(page)
  const before = await steps()
  await page.keyboard.press('+')
  await expect(page).toHaveURL(/zoom=1\.3,/)
  expect(await steps()).toBe(before)
  const moved = await place(page)

  await page.reload()
  await expect.poll(() => place(page)).not.toBe(fitted)
  nearPlace(await place(page), moved)
  await page.getByRole('button', { name: 'Table' }).click()
  await page.getByRole('button', { name: 'Picture', exact: true }).click()
  nearPlace(await place(page), moved)
  await page.goBack()
  await page.goBack()

  await page.getByRole('treeitem', { name: /shared-pid/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('lab-v2/shared-pid')
  await expect(page).not.toHaveURL(/zoom=/)
  await page.goBack()
  await expect(page).toHaveURL(/zoom=1\.3,/)
  await expect(container(page)).toBeVisible()
  nearPlace(await place(page), moved)

  await page.keyboard.press('0')
  await expect(page).not.toHaveURL(/zoom=/)
  expect(await place(page)).toBe(fitted)
})

test('an address that says no place shows the fitted picture', async ({ page, recordings }) => {
  const fitted = await place(page)
  for (const zoom of ['', '0,50,50', '2;50;50', '2,50,50,50']) {
    await page.goto(`${recordings.url}/?zoom=${zoom}`)
    await expect(container(page)).toBeVisible()
    expect(await place(page)).toBe(fitted)
  }
  await page.goto(`${recordings.url}/?zoom=2,50,20`)
  await expect.poll(() => scale(page)).toBeCloseTo(2 * scaleOf(fitted), 3)
})

test('a pinch on a trackpad scales as far as the fingers spread', async ({ page }) => {
  const before = await scale(page)
  const { x, y } = await centre(container(page))
  await page.mouse.move(x, y)
  await page.keyboard.down('Control')
  for (let step = 0; step < 10; step++) await page.mouse.wheel(0, -100 * Math.log(1.05))
  await page.keyboard.up('Control')
  await expect.poll(() => scale(page)).toBeCloseTo(before * 1.05 ** 10, 2)
})

test('the arrow keys bring what they reach into view', async ({ page }) => {
  await container(page).focus()
  const before = await scale(page)
  for (let press = 0; press < 6; press++) await page.keyboard.press('+')
  await expect.poll(() => scale(page)).toBeCloseTo(before * 1.3 ** 6, 3)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  const seen = await box(picture(page))
  await expect
    .poll(async () => {
      const { x, y } = await centre(page.locator(':focus'))
      return x > seen.x && y > seen.y && x < seen.x + seen.width && y < seen.y + seen.height
    })
    .toBe(true)
})

test.describe('by touch', () => {
  test.use({ hasTouch: true })

  test('two fingers scale, and a tap selects', async ({ page }) => {
    const { x, y } = await centre(container(page))
    const before = await scale(page)
    const touch = await page.context().newCDPSession(page)
    const fingers = (spread: number) => [
      { x: x - spread, y, id: 0 },
      { x: x + spread, y, id: 1 },
    ]
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(30) })
    for (const spread of [40, 50, 60]) {
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(spread) })
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await expect.poll(() => scale(page)).toBeCloseTo(before * 2, 2)
    near(await centre(container(page)), { x, y })
    await page.touchscreen.tap(x, y)
    await expect(page).toHaveURL(/select=container/)
    expect(await scale(page)).toBeCloseTo(before * 2, 2)
  })
})

function container(page: Page): Locator {
  return page.getByRole('button', { name: /^container myweb2-nginx, running/ })
}

function picture(page: Page): Locator {
  return page.getByRole('group', { name: /^Namespaces of/ })
}

/** The attribute by which the picture is placed. */
async function place(page: Page): Promise<string> {
  return (await picture(page).locator('> g').getAttribute('transform')) ?? ''
}

async function scale(page: Page): Promise<number> {
  return scaleOf(await place(page))
}

function scaleOf(place: string): number {
  return Number(/scale\((.*)\)/.exec(place)?.[1])
}

async function box(of: Locator) {
  const found = await of.boundingBox()
  if (!found) throw new Error(`${of} is not drawn`)
  return found
}

async function centre(of: Locator) {
  const { x, y, width, height } = await box(of)
  return { x: x + width / 2, y: y + height / 2 }
}

function near(found: { x: number; y: number }, wanted: { x: number; y: number }) {
  expect(Math.hypot(found.x - wanted.x, found.y - wanted.y)).toBeLessThan(2)
}

/** Two places as good as the same: what the address rounds moves nothing by a pixel. */
function nearPlace(found: string, wanted: string) {
  const [is, was] = [found, wanted].map((place) =>
    [...place.matchAll(/-?\d+(\.\d+)?/g)].map(([number]) => Number(number)),
  )
  for (const [index, number] of was?.entries() ?? [])
    expect(Math.abs((is?.[index] ?? Number.NaN) - number)).toBeLessThan(1)
}
