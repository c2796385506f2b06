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
  await page.keyboard.type('show arg')
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
