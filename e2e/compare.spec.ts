import { expect, expectAccessible, test } from './support/fixtures.ts'

test('one pod before and after its container was started again', async ({ page, recordings }) => {
  await page.goto(recordings.url)
  await page.getByRole('button', { name: 'Compare with…' }).click()
  await page.getByRole('option', { name: 'lab-v2/myweb2 at' }).click()
  await expect(page).toHaveURL(/with=lab-v2\/myweb2%?4?0?@?2/)
  const told = page.getByRole('region', { name: 'What differs' })
  await expect(
    told.getByText(
      'myweb2-nginx was started again (PID 1544 → 6261): its cgroup, mnt and pid are new; ipc, net and uts stayed, because pause (PID 1082) still holds them.',
    ),
  ).toBeVisible()
  const row = told.getByRole('row', { name: /^myweb2-nginx/ })
  await expect(row.getByRole('cell')).toHaveText([
    'new',
    'stayed',
    'new',
    'stayed',
    'new',
    'stayed',
    'stayed',
    'stayed',
  ])
  // The container and its three new namespaces, in the later picture.
  const later = page.getByRole('region', { name: /11:15:10/ })
  for (const id of ['container container:myweb2-nginx', 'namespace mnt:[4026532593]', 'namespace pid:[4026532594]']) {
    await expect(later.locator(`[data-ref="${id}"][data-changed]`)).toHaveCount(1)
  }
  await expect(later.locator('[data-ref="namespace net:[4026532649]"][data-changed]')).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'End the comparison' }).click()
  await expect(page).not.toHaveURL(/with=/)
})

test('two pods, from a link', async ({ page, recordings }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await page.goto(`${recordings.url}/?pod=lab-v2/privileged-mix&with=lab-v2/host-all@1&lang=en`)
  const told = page.getByRole('region', { name: 'What differs' })
  await expect(told.getByRole('row', { name: /^net/ })).toContainText('shared within the pod')
  await expect(told.getByRole('row', { name: /^net/ })).toContainText('the node’s')
  await expect(told.getByText(/^Alike in .*mnt/)).toBeVisible()
  await expect(page.getByRole('region', { name: /host-all/ }).locator('[data-changed]')).not.toHaveCount(0)
})

test('a pod that is not there is said to be missing, beside the one that is', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?with=lab-v2/nope@1`)
  await expect(page.getByText('There is no pod lab-v2/nope here.')).toBeVisible()
  await expect(page.getByRole('group', { name: /Namespaces of pod lab-v2\/myweb2/ })).toBeVisible()
})
