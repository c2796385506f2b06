import { expect, expectAccessible, readNode, test } from './support/fixtures.ts'

const POD = 'pod=lab-v2/myweb2'
const NGINX = /^container myweb2-nginx, running, PID 1544/

test('asks before it makes a helper, shows the manifest, then draws; the helper goes with the product', async ({
  page,
  live: { cluster, product },
}) => {
  test.slow()
  await page.goto(`${product.url}/?${POD}`)
  await expect(page.getByText('Live: ')).toBeVisible()
  await expect(page.getByText('This node has not been read yet')).toBeVisible()
  await expect(page.getByText('myweb2-nginx').first()).toBeVisible()
  expect(helpers(cluster)).toHaveLength(0)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Read this node…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Start a helper on node3?' })
  for (const line of ['kind: Namespace', 'kind: Pod', 'hostPID: true', '- SYS_PTRACE', 'nodeName: node3']) {
    await expect(dialog).toContainText(line)
  }
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await expect(dialog).toBeHidden()
  expect(helpers(cluster)).toHaveLength(0)

  await readNode(page, NGINX)
  await expect(page.getByRole('button', { name: /^net:\[4026532649\], shared by 5 containers/ })).toBeVisible()
  expect(helpers(cluster)).toHaveLength(1)
  await expectAccessible(page)

  expect(await product.stop()).toBe(0)
  await expect.poll(() => helpers(cluster)).toHaveLength(0)
  await expect(page.getByText('The server does not answer')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('group', { name: 'Live' })).toContainText(/Reconnecting.*again in \d+ s/)
  await expect(page.getByRole('button', { name: NGINX })).toBeVisible()
  await expectAccessible(page)
})

test('a pod that comes is listed, one that goes says so', async ({ page, live: { cluster, product } }) => {
  await page.goto(`${product.url}/?${POD}`)
  await expect(page.getByRole('treeitem', { name: /myweb2/ }).first()).toBeVisible()
  const pod = structuredClone(cluster.getPod('lab-v2', 'sidecars'))
  if (!pod) throw new Error('The lab has no pod sidecars.')
  cluster.upsertPod({ ...pod, metadata: { name: 'newcomer', namespace: 'lab-v2' } })
  await expect(page.getByRole('treeitem', { name: /newcomer/ })).toBeVisible()
  cluster.deletePod('lab-v2', 'myweb2')
  await expect(page.getByText('This pod is gone')).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
})

test('a node whose kubelet is away: cause, next step, and the last picture with its time', async ({
  page,
  live: { cluster, product },
}) => {
  test.slow()
  await page.goto(`${product.url}/?${POD}`)
  await readNode(page, NGINX)
  await expect(page.getByRole('group', { name: 'Live' }).getByRole('status')).toHaveText('Live')
  cluster.fault({ on: 'exec', kind: 'kubelet-down' })
  cluster.breakExecs('drop')
  await expect(page.getByText('What you see is of')).toBeVisible()
  await expect(page.getByRole('group', { name: 'Live' })).toContainText(/Reconnecting.*again in \d+ s/)
  await expect(page.getByText(/10250|kubelet/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: NGINX })).toBeVisible()
  await expectAccessible(page)
  cluster.clearFaults()
  await page.getByRole('button', { name: 'Scan again' }).click()
  await expect(page.getByText('What you see is of')).toBeHidden()
  await expect(page.getByRole('group', { name: 'Live' }).getByRole('status')).toHaveText('Live')
})

test('an exec that RBAC forbids keeps the API server’s words', async ({ page, live: { cluster, product } }) => {
  cluster.fault({ on: 'exec', kind: 'forbidden' })
  await page.goto(`${product.url}/?${POD}`)
  await page.getByRole('button', { name: 'Read this node…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Agree and start' }).click()
  await expect(page.getByText('You are not allowed to do this')).toBeVisible()
  await expect(page.getByText(/is forbidden: User/).first()).toBeVisible()
  await expect(page.getByText('myweb2-nginx').first()).toBeVisible()
  await expectAccessible(page)
})

test('a helper whose image cannot be pulled says so in the dialog', async ({ page, live: { cluster, product } }) => {
  cluster.fault({ on: 'start', kind: 'image-error' })
  await page.goto(`${product.url}/?${POD}`)
  await page.getByRole('button', { name: 'Read this node…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Agree and start' }).click()
  await expect(page.getByText('The helper did not start').first()).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText(/ErrImagePull|ImagePullBackOff|image/i).first()).toBeVisible()
  await expectAccessible(page)
})

test('a pod without a node is shown with what the API server knows', async ({ page, live: { cluster, product } }) => {
  cluster.upsertPod({
    metadata: { name: 'waits', namespace: 'lab-v2' },
    spec: { containers: [{ name: 'one', image: 'busybox' }] },
    status: { phase: 'Pending' },
  })
  await page.goto(`${product.url}/?pod=lab-v2/waits`)
  await expect(page.getByText('This pod has no node yet')).toBeVisible()
  await expect(page.getByRole('group', { name: 'Namespaces of pod lab-v2/waits' })).toContainText('one')
  await expectAccessible(page)
})

test('the watch breaks and the API server is away: said in the list, mended by itself', async ({
  page,
  live: { cluster, product },
}) => {
  // The last attempt of the watch may be half a minute away when the server is back.
  test.slow()
  await page.goto(`${product.url}/?${POD}`)
  await expect(page.getByText('up to date')).toBeVisible()
  await cluster.stopListening()
  await expect(page.getByText('The list of pods may be old')).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  await cluster.listenAgain()
  await expect(page.getByText('up to date')).toBeVisible({ timeout: 60_000 })
})

test('a refresh moves nothing', async ({ page, live: { product } }) => {
  await page.goto(`${product.url}/?${POD}`)
  await readNode(page, NGINX)
  const place = () => page.getByRole('button', { name: NGINX }).boundingBox()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await expect(page).toHaveURL(/zoom=1\.3,/)
  const before = await place()
  const answer = page.waitForResponse((response) => response.url().includes('/observation'))
  await page.getByRole('button', { name: 'Scan again' }).click()
  await answer
  await expect(page.getByRole('button', { name: 'Scan again' })).toBeEnabled()
  expect(await place()).toEqual(before)
})

test('the interval is in the address; off and a hidden tab end what scans a node', async ({
  page,
  live: { product },
}) => {
  const stream = (query: string) =>
    page.waitForRequest((request) => new URL(request.url()).pathname === '/api/live' && request.url().includes(query))
  const follows = stream('pod=myweb2&interval=2')
  await page.goto(`${product.url}/?${POD}`)
  await follows
  const control = page.getByRole('group', { name: 'Live' })
  await expect(control.getByRole('status')).toHaveText('Not read yet')

  const faster = stream('pod=myweb2&interval=1')
  await control.getByRole('button', { name: 'Scan every: 2 s' }).click()
  await page.getByRole('menuitemradio', { name: '1 s' }).click()
  await faster
  await expect(page).toHaveURL(/every=1/)

  const ends = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/live'))
  await hide(page, true)
  await ends
  const again = stream('pod=myweb2&interval=1')
  await hide(page, false)
  await again

  const listsOnly = page.waitForRequest((request) => /\/api\/live\?interval=\d+$/.test(request.url()))
  await control.getByRole('button', { name: 'Scan every: 1 s' }).click()
  await page.getByRole('menuitemradio', { name: 'Off' }).click()
  await listsOnly
  await expect(control.getByRole('status')).toHaveText('Not live')
  await expect(page).toHaveURL(/every=off/)
  await expectAccessible(page)
})

/** What the page is told when its tab goes behind another one, and comes back. */
async function hide(page: import('@playwright/test').Page, hidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

/** Names of the helper pods in the cluster. */
function helpers(cluster: import('@pausescope/testkit').Cluster): string[] {
  return cluster
    .pods()
    .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === 'pausescope-helper')
    .map(({ metadata }) => metadata.name)
}
