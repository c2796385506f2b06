import { expect, expectAccessible, show, test } from './support/fixtures.ts'

test('what a screen reader tells: picture, boxes, table, legend, export dialog, presenter', async ({
  page,
  recordings,
}) => {
  await page.goto(`${recordings.url}/?pod=lab-v2/shared-pid&lang=en`)
  const picture = page.getByRole('group', { name: 'Namespaces of pod lab-v2/shared-pid' })
  await expect(picture).toMatchAriaSnapshot({ name: 'picture.aria.yml' })
  await show(page, '?pod=lab-v2/shared-pid&lang=ko')
  await expect(page.getByRole('group', { name: '파드 lab-v2/shared-pid의 네임스페이스' })).toMatchAriaSnapshot({
    name: 'picture-ko.aria.yml',
  })
  await show(page, '?pod=lab-v2/shared-pid&view=boxes&lang=en')
  await expect(picture).toMatchAriaSnapshot({ name: 'boxes.aria.yml' })
  await show(page, '?pod=lab-v2/shared-pid&view=table&lang=en')
  await expect(page.getByRole('grid')).toMatchAriaSnapshot({ name: 'table.aria.yml' })
  await page.keyboard.press('i')
  await expect(page.getByRole('dialog')).toMatchAriaSnapshot({ name: 'legend.aria.yml' })
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('menuitem', { name: 'Picture…' }).click()
  await expect(page.getByRole('dialog')).toMatchAriaSnapshot({ name: 'export.aria.yml' })
  await page.keyboard.press('Escape')
  await show(page, '?pod=lab-v2/shared-pid&present=shared&lang=en')
  const presenter = page.getByRole('region', { name: 'Presentation of pod lab-v2/shared-pid' })
  await expect(presenter.getByRole('heading', { level: 1 })).toHaveText('What the containers share')
  await expect(presenter.getByRole('navigation')).toMatchAriaSnapshot(`
    - navigation "Steps":
      - button "Whole pod"
      - button "Sandbox"
      - button "Shared"
      - button "Own"
      - button "Node’s"
  `)
})

test('what a screen reader tells of a container and of a namespace', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?lang=en&select=container/container:myweb2-nginx`)
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect(details.getByRole('heading', { name: 'Network' })).toBeVisible()
  await expect(details).toMatchAriaSnapshot({ name: 'container.aria.yml' })
  await show(page, '?lang=en&select=namespace/net:[4026532649]&ask=80,container:myweb2-netshoot')
  await expect(details.getByRole('heading', { name: 'Interfaces' })).toBeVisible()
  await expect(details).toMatchAriaSnapshot({ name: 'namespace.aria.yml' })
})

test('a walk through the picture by keyboard alone: along its links, to the reason, and back', async ({
  page,
  recordings,
}) => {
  await page.goto(`${recordings.url}/?lang=en`)
  const focused = page.locator('svg :focus')
  await page.getByRole('button', { name: /^container myweb2-nginx/ }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(focused).toHaveAccessibleName(/myweb2-nginx’s alone/)
  await page.keyboard.press('ArrowRight')
  await expect(focused).toHaveAccessibleName(/shared by \d containers of the pod/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('Held by')
  await page.keyboard.press('Escape')
  await expect(focused).toHaveAccessibleName(/shared by \d containers of the pod/)
  await page.keyboard.press('ArrowRight')
  await expect(focused).toHaveAccessibleName(/the node’s/)
  await page.keyboard.press('ArrowLeft')
  await expect(focused).toHaveAccessibleName(/^(container|sandbox|ephemeral container) /)
})

test('less motion and more contrast, as the system asks for them', async ({ page, recordings }) => {
  await page.emulateMedia({ contrast: 'more', reducedMotion: 'reduce', colorScheme: 'dark' })
  await page.goto(`${recordings.url}/?lang=en`)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'contrast')
  const shape = page.locator('svg [data-ref]').first()
  await expect(shape).toBeVisible()
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationName } = getComputedStyle(element)
        return animationName !== 'none' || transitionDuration.split(', ').some((time) => time !== '0s')
      }).length,
  )
  expect(moving).toBe(0)
  await page.emulateMedia({ contrast: 'no-preference', reducedMotion: 'no-preference', colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await shape.evaluate((element) => getComputedStyle(element).transitionDuration)).not.toBe('0s')
})
