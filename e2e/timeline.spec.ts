import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addCapture, loadCapture } from '@pausescope/testkit'
import { expect, expectAccessible, readNode, test } from './support/fixtures.ts'
import { pauseDies } from './support/pause-dies.ts'

const POD = 'pod=lab-v2/myweb2'
const BEFORE = /^container myweb2-nginx, running, PID 1544/
const AFTER = /^container myweb2-nginx, running, PID 6261/
const RESTARTED =
  'myweb2-nginx was started again (PID 1544 → 6261): its cgroup, mnt and pid are new; ipc, net and uts stayed, because pause (PID 1082) still holds them.'

test('a container is killed, then pause: everybody watches what survives, steps back, and keeps the session', async ({
  page,
  live: { cluster, product },
}) => {
  test.slow()
  const folder = mkdtempSync(join(tmpdir(), 'pausescope-pause-'))
  await page.goto(`${product.url}/?${POD}&every=1`)
  await readNode(page, BEFORE)
  const strip = page.getByRole('region', { name: 'What changed' })
  await expect(strip).toContainText(/Watched since \d\d:\d\d:\d\d\./)

  await test.step('paused, the picture stands still; it goes on with what happened meanwhile', async () => {
    await page.keyboard.press('k')
    await expect(strip.getByRole('status')).toHaveText('Paused')
    addCapture(cluster, 'node3-after-restart')
    await expect(page.getByRole('treeitem', { name: /myweb2.*1 restart.*node3/s })).toBeVisible()
    await expect(page.getByRole('button', { name: BEFORE })).toBeVisible()
    await page.keyboard.press('k')
    await expect(page.getByRole('button', { name: AFTER })).toBeVisible()
  })

  const timeline = page.getByRole('region', { name: /^\d moments$/ })
  await test.step('what changed is told, and marked where it is new', async () => {
    await expect(strip).toContainText(RESTARTED)
    await expect(page.getByRole('button', { name: /^mnt:\[4026532593\].*, new$/ })).toBeVisible()
    await expect(page.getByRole('button', { name: /^net:\[4026532649\].*[^w]$/ })).toBeVisible()
    await page.keyboard.press('m')
    await expect(timeline.getByText(RESTARTED)).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('pause dies: all is new', async () => {
    const capture = loadCapture('node3-after-restart')
    pauseDies(capture.procRoot, folder, 4026532649)
    cluster.upsertNode(JSON.parse(capture.nodeJson), folder)
    await expect(
      timeline.getByText('pause was started again (PID 1082 → 21082): its ipc, mnt, net, pid and uts are new.'),
    ).toBeVisible()
    await expect(timeline.getByText(/^myweb2-nginx .*were started again: their cgroup, ipc, mnt, net/)).toBeVisible()
  })

  await test.step('back to the first moment, by keys; the address has it', async () => {
    // The API server may have told of the restart one scan before the node did: then there is one moment more.
    await expect(async () => {
      await page.keyboard.press('[')
      await expect(page).toHaveURL(/moment=1&/, { timeout: 500 })
    }).toPass()
    await expect(strip).toContainText('You see an earlier moment.')
    await expect(page.getByRole('button', { name: BEFORE })).toBeVisible()
    await expectAccessible(page)
    await page.goBack()
    await expect(page).toHaveURL(/moment=2&/)
    await page.keyboard.press('b')
    await expect(page).not.toHaveURL(/moment=/)
  })

  await test.step('two moments beside each other, the earlier first', async () => {
    await timeline
      .getByRole('button', { name: /^Compare with the shown moment/ })
      .last()
      .click()
    await expect(page.getByRole('region', { name: 'What differs' })).toContainText(/pause was started again/)
    await page.getByRole('button', { name: 'End the comparison' }).click()
  })

  await test.step('saved, and played again', async () => {
    await page.getByRole('button', { name: 'Save' }).click()
    const saved = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: /^Session, [34] moments \(\.json\)$/ }).click()
    const path = await (await saved).path()
    const { title, frames } = JSON.parse(readFileSync(path, 'utf8')) as {
      title: string
      frames: { caption: string }[]
    }
    expect(title).toBe('Session of lab-v2/myweb2')
    const told = frames.findIndex(({ caption }) => caption.includes(RESTARTED))
    expect(told).toBeGreaterThan(0)
    await page.getByLabel('Open a recording file…').setInputFiles({
      name: 'session.json',
      mimeType: 'application/json',
      buffer: readFileSync(path),
    })
    await expect(page.getByRole('button', { name: BEFORE })).toBeVisible()
    await expect(page.getByRole('group', { name: 'Live' })).toHaveCount(0)
    await timeline.getByText(RESTARTED).click()
    await expect(page).toHaveURL(new RegExp(`frame=${told + 1}`))
    await expect(page.getByRole('region', { name: 'Moments of this recording' })).toContainText(RESTARTED)
    await expect(page.getByRole('button', { name: /^mnt:\[4026532593\].*, new$/ })).toBeVisible()
  })
  rmSync(folder, { recursive: true, force: true })
})
