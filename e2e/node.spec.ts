import { expect, expectAccessible, test } from './support/fixtures.ts'

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
