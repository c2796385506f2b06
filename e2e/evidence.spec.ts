import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, show, test } from './support/fixtures.ts'

const details = (page: Page) => page.getByRole('complementary').last()
/** Name, number inside and number on the node of each process. */
const rows = (within: Locator) => within.getByRole('row').filter({ has: within.page().getByRole('cell') })

test('containers that share a PID namespace have one tree, and pause is its PID 1', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?pod=lab-v2/shared-pid`)
  await page.getByRole('button', { name: /^pid:\[\d+\], shared by 3 containers of the pod/ }).click()
  const tree = details(page).getByRole('table', { name: /^Processes in pid:/ })
  await expect(tree).toHaveCount(1)
  await expect(rows(tree)).toHaveCount(6)
  await expect(rows(tree).first()).toHaveText(/^1\s*1024\s*\/pause\s*PID 1\s*pause/)
  await expect(rows(tree).nth(1)).toHaveText(/^7\s*1590\s*nginx: master process/)
  await expect(rows(tree).nth(4)).toHaveText(/^15\s*1716\s*sh/)
  await expect(details(page)).toContainText('What it isolates: process numbers')
  await expectAccessible(page)
})

test('a container’s ps is its own: nginx is not in that of netshoot', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?select=container/container:myweb2-netshoot`)
  const panel = details(page)
  await expect(rows(panel.getByRole('table', { name: /^Processes in pid:/ }))).toHaveCount(2)
  await panel.getByText('As ps -ef prints it inside').click()
  const ps = await panel.getByRole('group', { name: /^ps -ef in pid:/ }).textContent()
  expect(ps).toMatch(/^UID {10}PID {4}PPID CMD\nroot {11}1 {7}0 \/bin\/bash -c .+\nroot +665 {7}1 sleep 5\n$/)
  await show(page, '?select=container/container:myweb2-nginx')
  await expect(rows(panel.getByRole('table', { name: /^Processes in pid:/ })).first()).toContainText('nginx: master')
})

test('facts of the pod and commands for a shell are there to copy', async ({ page, recordings, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${recordings.url}/?select=container/container:myweb2-nginx`)
  const panel = details(page)
  await panel.getByText('The pod', { exact: true }).click()
  await expect(panel).toContainText('BestEffort, by its cgroup')
  await expect(panel).toContainText('v2, systemd driver')
  await panel.getByText('On the node, as root').click()
  await panel.getByText('With kubectl alone').click()
  await panel.getByRole('button', { name: 'Copy: nsenter -t 1544 -n ip addr' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('nsenter -t 1544 -n ip addr')
  await expect(panel).toContainText('kubectl exec pod/myweb2 --namespace=lab-v2 --container=myweb2-nginx --')
  await expect(page).toHaveURL(/folds=pod,node-shell,kubectl/)
  await page.reload()
  await expect(panel.getByRole('button', { name: 'Copy: nsenter -t 1544 -n ip addr' })).toBeVisible()
  await expectAccessible(page)
})

test('arguments are hidden by a switch that is in the address, in all that is told', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?select=container/container:myweb2-nginx`)
  const panel = details(page)
  await expect(panel).toContainText('daemon off')
  await panel.getByRole('button', { name: 'Hide arguments' }).click()
  await expect(page).toHaveURL(/args=hidden/)
  await expect(panel).not.toContainText('daemon off')
  await expect(rows(panel.getByRole('table', { name: /^Processes in pid:/ })).first()).toContainText('nginx')
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('menuitem', { name: 'Recording' }).click()
  const saved = readFileSync(await (await coming).path(), 'utf8')
  expect(saved).toContain('"comm": "nginx"')
  expect(saved).not.toContain('daemon off')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('show arg')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/args=shown/)
  await expect(panel).toContainText('daemon off')
})

test('arguments that are hidden are not told of a node either', async ({ page, recordings }) => {
  const query = '?node=node3&view=table&select=namespace/pid:[4026531836]'
  await page.goto(recordings.url + query)
  await expect(details(page)).toContainText('nginx -g daemon off;')
  await show(page, `${query}&args=hidden`)
  await expect(details(page)).toContainText('nginx')
  await expect(page.getByText('daemon off')).toHaveCount(0)
})

test('names that others chose do nothing but stand there', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?recording=4-hostile-names&select=container/container:evil`)
  const tree = details(page).getByRole('table', { name: /^Processes in pid:/ })
  await expect(tree).toContainText('<img src=x>')
  await expect(tree.locator('img')).toHaveCount(0)
  expect(await tree.textContent()).not.toContain('\u001b')
})

test('the node tells all its namespaces of a type, as lsns does', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?node=node3&select=namespace/net:[4026531840]`)
  const lsns = details(page).getByRole('group', { name: /^lsns -t net/ })
  await expect(lsns).toContainText(/NS TYPE +NPROCS +PID USER +NSFS +COMMAND/)
  await expect(lsns).toContainText(/4026532649 net +8 +1082 65535 .*\/pause/)
  await expectAccessible(page)
})

test('in Korean', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?lang=ko&pod=lab-v2/shared-pid`)
  await page
    .getByRole('button', { name: /^pid:\[\d+\]/ })
    .first()
    .click()
  await expect(details(page)).toContainText('안의 PID 1')
  await expect(details(page)).toContainText('셸에서 직접 보기')
  await expectAccessible(page)
})

const NET = '?pod=lab-v2/myweb2&select=namespace/net:[4026532649]'

test('a network namespace is one: addresses, routes, sockets, and who answers localhost', async ({
  page,
  recordings,
  context,
}) => {
  test.slow()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${recordings.url}/${NET}`)
  const panel = details(page)
  await expect(panel).toContainText(
    'pause, myweb2-nginx, myweb2-netshoot, debug-target and debug-free have the same addresses and ports',
  )
  await expect(panel.getByRole('listitem').filter({ hasText: /^eth0/ })).toContainText('10.244.3.11/24')
  await expect(panel.getByRole('row', { name: 'default 10.244.3.1 eth0' })).toBeVisible()
  await expect(panel.getByRole('table', { name: 'Listening sockets: 2' })).toContainText('0.0.0.0:80')
  // What the capture lacks is said where it would stand.
  await expect(panel).toContainText('State, MAC and MTU of interfaces: not recorded.')
  await panel.getByRole('button', { name: 'Copy: as ip -br addr prints it' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^eth0 .+10\.244\.3\.11\/24/m)

  await panel.getByRole('combobox', { name: 'Asked in' }).selectOption('myweb2-netshoot')
  await panel.getByRole('button', { name: 'Ask for tcp port 80' }).click()
  await expect(page).toHaveURL(/ask=80,container:myweb2-netshoot/)
  const answer = panel.getByRole('status').last()
  await expect(answer).toContainText('A socket listens at 0.0.0.0:80')
  await page.reload()
  await expect(answer).toContainText('A socket listens at 0.0.0.0:80')
  await panel.getByRole('textbox', { name: 'Port' }).fill('81')
  await expect(answer).toContainText('Nobody answers at localhost:81')
  await expect(page).toHaveURL(/ask=81/)
  await panel.getByRole('textbox', { name: 'Port' }).fill('http')
  await expect(answer).toContainText('A port is a number')
  await expect(page).not.toHaveURL(/ask=/)
  await expectAccessible(page)
})

test('files are shared in another way: who mounts what, and a layer in the picture', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?pod=lab-v2/sidecars&select=container/container:writer`)
  const panel = details(page)
  await panel.getByRole('heading', { name: 'Files' }).click()
  const table = panel.getByRole('table', { name: 'Volumes by container' })
  await expect(table.getByRole('rowheader').first()).toContainText('The very same files in writer and reader.')
  await expect(table.getByRole('row', { name: /^writer \/out read and write/ })).toBeVisible()
  await expect(table.getByRole('row', { name: /^reader \/in read-only/ })).toBeVisible()
  await expect(table.getByRole('row', { name: /^setup \/work .*not measured/ })).toBeVisible()
  await expect(table).toContainText('Root file system')

  const picture = page.getByRole('group', { name: 'Namespaces of pod lab-v2/sidecars' })
  await expect(picture).not.toContainText('not a shared namespace')
  await page.keyboard.press('f')
  await expect(page).toHaveURL(/layers=files/)
  await expect(picture).toContainText('emptyDir')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('menuitem', { name: 'Picture…' }).click()
  await expect(page.getByRole('checkbox', { name: 'Shared files' })).toBeChecked()
})

test('hostname, IPC objects and users: what is known, and what only nsenter shows', async ({ page, recordings }) => {
  await page.goto(`${recordings.url}/?lang=ko&pod=lab-v2/own-userns-2`)
  for (const [type, heading] of [
    ['uts', '호스트 이름'],
    ['ipc', 'IPC 객체'],
    ['user', '사용자와 그룹'],
  ] as const) {
    await page
      .getByRole('button', { name: new RegExp(`^${type}:\\[\\d+\\]`) })
      .first()
      .click()
    await expect(details(page).getByRole('heading', { name: heading })).toBeVisible()
    await expectAccessible(page)
  }
})

test('live: what is inside is read when it is looked at; a failure stands in its place, beside the picture', async ({
  page,
  live: { cluster, product },
}) => {
  test.slow()
  await page.goto(`${product.url}/?pod=lab-v2/myweb2&every=off`)
  await page.getByRole('button', { name: 'Read this node…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Agree and start' }).click()
  const net = page.getByRole('button', { name: /^net:\[4026532649\], shared by 5 containers/ })
  await expect(net).toBeVisible()
  cluster.fault({ on: 'exec', kind: 'drop', after: 40, times: 1 })
  await net.click()
  const panel = details(page)
  await expect(panel.getByText('What is inside cannot be shown')).toBeVisible()
  await expect(net).toBeVisible()
  await expect(panel).toContainText('Containers in it')
  await panel.getByRole('button', { name: 'Try again' }).click()
  await expect(panel.getByRole('table', { name: /^Listening sockets/ })).toContainText('0.0.0.0:80')
  await expect(panel.getByText('What is inside cannot be shown')).toHaveCount(0)
  const measured = panel.getByText(/^Measured in the scan of/).first()
  const [time] = ((await measured.textContent()) ?? '').match(/[\d-]+ \d+:\d+:\d+/) ?? []
  // The picture is of that scan.
  await expect(page.getByText(`Measured ${time}`).first()).toBeVisible()

  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('menuitem', { name: 'Recording' }).click()
  const saved = JSON.parse(readFileSync(await (await coming).path(), 'utf8'))
  expect(saved.frames[0].evidence[0].networks[0].sockets).not.toEqual([])
})
