import { readFileSync } from 'node:fs'
import { expect, expectAccessible, show, test } from './support/fixtures.ts'

/** A bundled recording as the server gives it. */
type Bundled = { title: string; frames: { observations: { pod: { namespace: string; name: string } }[] }[] }

test.beforeEach(async ({ page, recordings }) => {
  await page.goto(recordings.url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('lab-v2/myweb2')
})

test('opens on the seed story, badged as a recording', async ({ page, recordings }) => {
  const badge = page.getByRole('banner').getByRole('paragraph').filter({ hasText: 'captured' })
  await expect(badge).toHaveText(/Recording.*captured 20\d\d-.*, Kubernetes 1\.36\.2, containerd 2\.1.*, cgroup v2/)
  await expect(page).toHaveTitle('lab-v2/myweb2 – Pausescope')
  expect(recordings.said()).toContain('No kubeconfig found')
  await expectAccessible(page)
})

test('a container shows its eight namespaces as lsns prints them', async ({ page }) => {
  await page.getByRole('button', { name: /^container myweb2-nginx, running, PID 1544/ }).click()
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect(details).toContainText('lsns -p 1544')
  const text = await details.locator('pre').first().textContent()
  expect(text).toContain('NS TYPE   NPROCS   PID USER  COMMAND')
  expect(text).toContain('4026532649 net         8  1082 65535 /pause')
  expect(text).toContain('4026532896 mnt         3  1544 root  nginx: master process nginx -g daemon off;')
  expect(text?.trim().split('\n')).toHaveLength(10)
  await expect(page).toHaveURL(/select=container\/container:myweb2-nginx/)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(details).toBeHidden()
  await page.goBack()
  await expect(details).toBeVisible()
})

test('a namespace shows its holder, members and why', async ({ page }) => {
  await page.getByRole('button', { name: /^net:\[4026532649\], shared by 5 containers/ }).click()
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect(details).toContainText('pause, PID 1082')
  await expect(details).toContainText('/run/netns/cni-17b23d53-7dc0-85e0-d8f2-629fa1364c8c')
  for (const member of ['myweb2-nginx', 'myweb2-netshoot', 'debug-target', 'debug-free']) {
    await expect(details).toContainText(member)
  }
  await expect(details).toContainText('All containers of a pod join its sandbox')
  await expect(details).toContainText('Nobody outside this pod')
  await expectAccessible(page)
})

test('hovering a container puts all that is not its own in the background', async ({ page }) => {
  const own = page.getByRole('button', { name: 'mnt:[4026532896], myweb2-nginx’s alone' })
  const others = page.getByRole('button', { name: 'mnt:[4026532908], myweb2-netshoot’s alone' })
  const opacity = (of: typeof own) =>
    of.evaluate((node) => Number(getComputedStyle(node.closest('[data-ref]') ?? node).opacity))
  await page.getByRole('button', { name: /^container myweb2-nginx, running/ }).hover()
  await expect.poll(() => opacity(others)).toBeLessThan(0.5)
  expect(await opacity(own)).toBe(1)
  await page.mouse.move(0, 0)
  await expect.poll(() => opacity(others)).toBe(1)
})

test('the table says the same: equal letters where inodes are equal', async ({ page }) => {
  await page.getByRole('button', { name: 'Table' }).click()
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  await expect(row('myweb2-nginx')).toContainText('4026532897')
  await expect(row('debug-target')).toContainText('4026532897')
  await expect(row('debug-free')).toContainText('4026532928')
  await expect(page).toHaveURL(/view=table/)
  await expectAccessible(page)
})

test('the pod list is driven by keys, and what is typed is in the address', async ({ page }) => {
  await page.keyboard.press('/')
  await page.keyboard.type('shared')
  await expect(page).toHaveURL(/q=shared/)
  await expect(page.getByRole('treeitem', { name: /shared-pid/ })).toBeVisible()
  await expect(page.getByRole('treeitem', { name: /sidecars/ })).toBeHidden()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('lab-v2/shared-pid')
  await expect(page.getByRole('button', { name: /^pid:\[\d+\], shared by 3 containers of the pod/ })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('lab-v2/myweb2')
})

test('the picture is walked by arrow keys', async ({ page }) => {
  await page.getByRole('button', { name: /^sandbox pause, running/ }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator(':focus')).toHaveAccessibleName(/myweb2-nginx/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/select=/)
})

test('zooms by keys and fits again', async ({ page }) => {
  const placed = () => page.getByRole('button', { name: /^sandbox pause/ }).boundingBox()
  const before = await placed()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await expect.poll(async () => (await placed())?.width ?? 0).toBeGreaterThan((before?.width ?? 0) * 1.1)
  await page.getByRole('button', { name: 'Fit the whole picture' }).click()
  await expect.poll(async () => Math.round((await placed())?.width ?? 0)).toBe(Math.round(before?.width ?? 0))
})

test('a later moment: nginx was restarted, what pause holds has stayed', async ({ page }) => {
  await page.getByRole('button', { name: 'Later moment' }).click()
  await expect(page).toHaveURL(/frame=2/)
  await expect(page.getByRole('button', { name: /^net:\[4026532649\], shared by \d containers/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'mnt:[4026532896], myweb2-nginx’s alone' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^mnt:\[\d+\], myweb2-nginx’s alone/ })).toBeVisible()
})

test('what is seen is saved as a recording, and opens again by drop', async ({ page }) => {
  await page.getByRole('button', { name: 'Save' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Recording (.json)' }).click()
  const saved = await download
  const text = readFileSync(await saved.path(), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ format: 'pausescope-recording', version: 1 })
  await drop(page, saved.suggestedFilename(), text)
  await expect(page).toHaveURL(/recording=file:/)
  await expect(page.getByRole('treeitem', { level: 2 })).toHaveCount(1)
  await expect(page.getByRole('button', { name: /^container myweb2-nginx, running, PID 1544/ })).toBeVisible()
})

test('a file that is no recording is refused with the cause, and what is shown stays', async ({ page }) => {
  const bad: [string, string, RegExp][] = [
    ['cut.json', '{"format":"pausescope-recording","version":1,"frames":[{"at"', /ends|truncated|JSON/],
    [
      'next.json',
      '{"format":"pausescope-recording","version":99,"title":"x","writtenBy":"9","frames":[]}',
      /version 99/,
    ],
    ['pods.json', '{"apiVersion":"v1","kind":"PodList","items":[]}', /PodList|not a recording/],
  ]
  for (const [name, text, cause] of bad) {
    await drop(page, name, text)
    const notice = page.getByRole('alert').filter({ hasText: 'This file was not opened' })
    await expect(notice).toContainText(cause)
    if (name === bad[0]?.[0]) await expectAccessible(page)
    await notice.getByRole('button', { name: 'Dismiss' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('lab-v2/myweb2')
  }
})

test('every pod of every bundled recording is drawn', async ({ page, recordings }) => {
  test.slow()
  const list = await (await page.request.get(`${recordings.url}/api/recordings`)).json()
  expect(list.recordings.length).toBeGreaterThanOrEqual(4)
  for (const { id } of list.recordings) {
    const recording: Bundled = await (await page.request.get(`${recordings.url}/api/recordings/${id}`)).json()
    for (const [frame, { observations }] of recording.frames.entries()) {
      for (const { pod } of observations) {
        const name = `${pod.namespace}/${pod.name}`
        await show(page, `?recording=${id}&frame=${frame + 1}&pod=${name}`)
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
        await expect(page.getByRole('group', { name: `Namespaces of pod ${name}` })).toBeVisible()
      }
    }
  }
})

/** Drops a file on the page, as from the desktop. */
async function drop(page: import('@playwright/test').Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([name, text]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], name, { type: 'application/json' }))
      return transfer
    },
    [name, text] as const,
  )
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer: data })
}
