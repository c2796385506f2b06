import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { startCluster, startLabCluster } from '@pausescope/testkit'
import { expect, expectAccessible, test } from './support/fixtures.ts'
import { startProduct } from './support/product.ts'

test('the printed address lets a browser in; viewers choose another cluster, and all are told', async ({
  page,
  context,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'pausescope-e2e-'))
  const clusters = await Promise.all([startLabCluster({ captures: ['node3-containerd-cgroup2'] }), startCluster()])
  const files = clusters.map((cluster, index) => {
    const file = join(folder, `kubeconfig-${index}`)
    writeFileSync(file, cluster.kubeconfig({ contextName: index === 0 ? 'lab' : 'team/staging' }))
    return file
  })
  const product = await startProduct([], { KUBECONFIG: files.join(delimiter), PAUSESCOPE_NO_TOKEN: '0' })
  try {
    const address = /Open (http:\S+) /.exec(product.said())?.[1] ?? ''
    await page.goto(product.url)
    await expect(page.getByText('This page has no token of the server').first()).toBeVisible()
    await expect(page.getByText('Open the address that it printed when it started').first()).toBeVisible()
    await page.goto(`${address}&q=myweb2`)
    await expect(page.getByRole('treeitem', { name: /myweb2/ }).first()).toBeVisible()
    expect(page.url()).toBe(`${product.url}/?q=myweb2`)
    expect(await page.evaluate(() => document.cookie)).toBe('')

    const other = await context.newPage()
    await other.goto(`${product.url}/?lang=ko`)
    await expect(other.getByText('실시간: lab').first()).toBeVisible()
    await page.getByRole('button', { name: 'Choose a cluster' }).click()
    await expect(page.getByRole('menuitemradio', { name: 'lab' })).toBeChecked()
    await page.getByRole('menuitemradio', { name: 'team/staging' }).click()
    await expect(page.getByText('The server now shows the cluster team/staging')).toBeVisible()
    await expect(page.getByText('Live: team/staging')).toBeVisible()
    await expect(page.getByRole('treeitem')).toHaveCount(0)
    await expect(other.getByText('이제 서버가 보여 주는 클러스터: team/staging')).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(page.getByText('The server now shows the cluster')).toHaveCount(0)
  } finally {
    await product.stop()
    await Promise.all(clusters.map((cluster) => cluster.close()))
    rmSync(folder, { recursive: true, force: true })
  }
})
