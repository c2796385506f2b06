import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cluster, startLabCluster } from '@pausescope/testkit'
import type { Locator } from '@playwright/test'
import { expect, expectAccessible, test } from './support/fixtures.ts'
import { type Product, startProduct } from './support/product.ts'

test('a node is opened from its pod, and a pod from its node', async ({ page, recordings }) => {
  await page.goto(recordings.url)
  await page.getByRole('button', { name: 'Node node3' }).click()
  await expect(page).toHaveURL(/node=node3/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Node node3')
  const tile = page.getByRole('button', { name: /lab-v2\/host-network/ }).first()
  await expect(tile).toBeVisible()
  await expectAccessible(page)
  await tile.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('lab-v2/host-network')
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Node node3')
})

test('a node in Korean: its picture and its tables', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?lang=ko&node=node3`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('노드 node3')
  const picture = page.getByRole('group', { name: '노드 node3의 네임스페이스' })
  await expect(picture.getByText('보통의 파드', { exact: true })).toBeVisible()
  await expect(picture.getByRole('button', { name: /^파드 lab-v2\/shared-pid, Running, .*파드의 것/ })).toBeVisible()
  await expect(picture.getByText(/Ordinary|The node’s|of no pod/)).toHaveCount(0)
  await page.getByRole('button', { name: '표', exact: true }).click()
  await expect(page.getByRole('rowgroup').getByText('보통의 파드')).toBeVisible()
  await expect(page.getByRole('table', { name: '노드 자신의 네임스페이스' })).toContainText('+ 파드 안')
  await expectAccessible(page)
})

test('a node that is not there, and one that was not recorded, say so', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?node=nix`)
  await expect(page.getByText('nix').first()).toBeVisible()
  await expect(page.getByRole('alert').or(page.getByRole('status')).filter({ hasText: 'nix' }).first()).toBeVisible()
  await expectAccessible(page)
})

test('a live node needs a helper first, then shows its pods', async ({ page, live: { product } }) => {
  await page.goto(`${product.url}/?node=node4`)
  await expect(page.getByText('This node has not been read yet')).toBeVisible()
  await page.getByRole('button', { name: 'Read this node…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Agree and start' }).click()
  await expect(page.getByRole('button', { name: /lab-crio\/host-all/ }).first()).toBeVisible()
  await expectAccessible(page)
})

test('the tables of a node say what its picture says, by keyboard too', async ({ page, recordings }) => {
  // Only rows in view are in the page: here all of them are.
  await page.setViewportSize({ width: 1440, height: 1600 })
  await page.goto(`${recordings.url}/?node=node3`)
  const tiles = page.locator('svg [data-kind="pod"]')
  await expect(tiles.first()).toBeVisible()
  const drawn = await tiles.count()
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  await expect(page).toHaveURL(/view=table/)
  const pods = page.getByRole('table', { name: /^Pods/ })
  await expect(pods.getByRole('row').filter({ has: page.getByRole('button') })).toHaveCount(drawn)
  const shared = pods.getByRole('row').filter({ hasText: 'shared-pid' })
  await expect(shared.getByRole('cell').nth(4)).toHaveText('pod')
  await expect(pods.getByRole('row').filter({ hasText: 'nested-ns' })).toContainText('net, uts')
  await expect(page.getByRole('table', { name: /The node’s own/ })).toContainText('net:[4026531840]')
  await expect(page.getByRole('table', { name: /no pod and no container/ })).toContainText('systemd-udevd')
  await expectAccessible(page)

  await pods.getByRole('button').first().focus()
  await page.keyboard.press('End')
  await expect(pods.getByRole('button').last()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(/node=/)
  await page.goBack()
  await page
    .getByRole('table', { name: /The node’s own/ })
    .getByRole('button', { name: /^net:/ })
    .click()
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('Pods in it')
})

test.describe('a node with 500 pods', () => {
  test.setTimeout(180_000)
  let cluster: Cluster
  let product: Product
  test.beforeAll(async () => {
    cluster = await startLabCluster({ captures: [], bigNode: 1500, perPod: 3 })
    const folder = mkdtempSync(join(tmpdir(), 'pausescope-e2e-'))
    product = await startProduct(['--kubeconfig', cluster.writeKubeconfig(folder), '--allow-helper'])
  })
  test.afterAll(async () => {
    await product.stop()
    await cluster.close()
  })

  test('is drawn whole without overlap, zooms, and is searched', async ({ page }) => {
    await page.goto(`${product.url}/?node=big`)
    // The helper is a pod of the node too, as soon as the watch tells of it.
    const tiles = page.locator('svg [data-kind="pod"][data-ref*="web-"]')
    await expect(tiles).toHaveCount(500, { timeout: 90_000 })
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(4000)
    expect(await overlaps(tiles)).toEqual([])

    const width = async () => (await tiles.first().boundingBox())?.width ?? 0
    const before = await width()
    // What is read from the top is scrolled by the wheel, to its end and back; with the Control key it is scaled.
    await tiles.first().hover()
    await page.mouse.wheel(0, 100_000)
    await expect(tiles.last()).toBeInViewport()
    expect(await width()).toBeCloseTo(before)
    await page.mouse.wheel(0, -100_000)
    await expect(tiles.first()).toBeInViewport()
    await tiles.first().hover()
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -400)
    await page.keyboard.up('Control')
    await expect.poll(width).toBeGreaterThan(before * 1.3)
    expect(await overlaps(tiles)).toEqual([])

    // The list is told in parts: the last pod is there when the end of the first part was reached.
    const list = page.getByRole('tree')
    await list.focus()
    await page.keyboard.press('End')
    await expect(list.getByRole('treeitem', { name: /web-0398/ })).toBeVisible()
    await expect(list.getByRole('treeitem', { name: /web-0403/ })).toBeAttached()
    await page.keyboard.press('End')
    await expect(list.getByRole('treeitem', { name: /web-0499|helper/ }).last()).toBeInViewport()
    await page.getByRole('searchbox').or(page.getByRole('combobox')).first().fill('web-0321')
    await page.getByRole('treeitem', { name: /web-0321/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('big/web-0321')
  })

  test('is a table of which only the visible part is in the page', async ({ page }) => {
    await page.goto(`${product.url}/?node=big&view=table`)
    const pods = page.getByRole('table', { name: /^Pods/ })
    // A heading and 500 pods in one group, and the helper in another as soon as the watch has told of it: then it is at rest.
    await expect(pods).toHaveAttribute('aria-rowcount', '504', { timeout: 90_000 })
    await pods.getByRole('button').first().focus()
    for (const [key, name] of [
      ['ArrowDown', 'web-0001'],
      ['PageDown', 'web-0011'],
      ['PageUp', 'web-0001'],
      ['Home', 'web-0000'],
    ] as const) {
      await page.keyboard.press(key)
      await expect(pods.getByRole('button', { name })).toBeFocused()
      await expect(pods.getByRole('button', { name })).toBeInViewport()
    }
    await page.keyboard.press('End')
    await expect(pods.getByRole('button').last()).toBeFocused()
    await page.keyboard.press('Home')
    await expect(pods.getByRole('button', { name: 'web-0000' })).toBeFocused()
    await page.mouse.move(900, 500)
    await page.mouse.wheel(0, 6000)
    await expect(pods.getByRole('button', { name: 'web-0118' })).toBeInViewport()
    expect(await pods.getByRole('row').count()).toBeLessThan(80)
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(2500)
    await expectAccessible(page)
  })
})

/** Pairs of elements that lie on each other on the screen. */
function overlaps(elements: Locator): Promise<string[]> {
  return elements.evaluateAll((all) => {
    const boxes = all.map((element) => ({
      name: element.getAttribute('data-ref'),
      box: element.getBoundingClientRect(),
    }))
    boxes.sort((a, b) => a.box.top - b.box.top)
    return boxes.flatMap((one, at) => {
      const below = boxes.slice(at + 1)
      const end = below.findIndex(({ box }) => box.top >= one.box.bottom)
      return (end < 0 ? below : below.slice(0, end))
        .filter(({ box }) => box.left < one.box.right - 0.5 && one.box.left < box.right - 0.5)
        .filter(({ box }) => box.top < one.box.bottom - 0.5)
        .map(({ name }) => `${one.name} and ${name}`)
    })
  })
}
