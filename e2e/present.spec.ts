import { expect, expectAccessible, test } from './support/fixtures.ts'

const lit = '[data-tracing] [data-ref][data-lit]'

test('a pod is told step by step, by keyboard alone', async ({ page, recordings }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await page.goto(recordings.url)
  await page.getByRole('button', { name: 'Present' }).click()
  const title = page.getByRole('heading', { level: 1 })
  await expect(title).toHaveText('5 containers, 19 namespaces')
  await expect(page.locator(lit)).toHaveCount(0)

  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/present=sandbox/)
  await expect(title).toHaveText('First there is the sandbox')
  await expect(page.getByText('The process pause (PID 1082)')).toBeVisible()
  // Pause, the three namespaces it holds, and its links to them.
  await expect(page.locator(lit)).toHaveCount(7)
  await expectAccessible(page)

  await page.keyboard.press('PageDown')
  await expect(title).toHaveText('What the containers share')
  await page.getByRole('button', { name: 'net', exact: true }).click()
  await expect(page).toHaveURL(/spot=net/)
  // Five containers, one namespace, five links.
  await expect(page.locator(lit)).toHaveCount(11)
  await page.keyboard.press('End')
  await expect(title).toHaveText('What is the node’s')
  await page.keyboard.press('ArrowRight')
  await expect(title).toHaveText('What is the node’s')

  await page.keyboard.press('ArrowLeft')
  await expect(page.getByText('Nothing here of what the spotlight is on (net).')).toBeVisible()

  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/spot=/)
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/present=/)
  await expect(title).toHaveText('lab-v2/myweb2')
})

test('a press on a container puts the spotlight on it; a link opens the same', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?present=own&lang=ko`)
  await page
    .getByRole('button', { name: /^컨테이너 myweb2-nginx|myweb2-nginx/ })
    .first()
    .click()
  await expect(page).toHaveURL(/spot=container:myweb2-nginx/)
  await expect(page.locator(lit)).toHaveCount(3)
  await page.reload()
  await expect(page.locator(lit)).toHaveCount(3)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('컨테이너마다 따로 가진 것')
})
