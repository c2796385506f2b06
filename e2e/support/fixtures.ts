import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cluster, startLabCluster } from '@pausescope/testkit'
import { test as base, expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { type Product, startProduct } from './product.ts'

export { expect, expectAccessible }

type Live = { cluster: Cluster; product: Product }

/** Pages that say something on the console as an error, or break the content policy, fail their test. */
export const test = base.extend<{ noErrors: undefined; live: Live }, { recordings: Product }>({
  /** One product per worker that serves the bundled recordings: it changes nothing, so tests may share it. */
  recordings: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's form.
    async ({}, use) => {
      const product = await startProduct([])
      await use(product)
      await product.stop()
    },
    { scope: 'worker' },
  ],
  /** A cluster of its own for each test, and the product on it. */
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's form.
  live: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'pausescope-e2e-'))
    const cluster = await startLabCluster()
    const product = await startProduct(['--kubeconfig', cluster.writeKubeconfig(folder)])
    await use({ cluster, product })
    await product.stop()
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  },
  noErrors: [
    async ({ page }, use) => {
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(String(error)))
      page.on('console', (message) => {
        // A refused or failed request is logged by the browser itself; tests of such states look at the page.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          errors.push(message.text())
        }
      })
      await use(undefined)
      expect(errors).toEqual([])
    },
    { auto: true },
  ],
})

/** Goes to another view as Back and forward do: the page stays loaded, which is most of what a test costs. */
export async function show(page: Page, query: string): Promise<void> {
  await page.evaluate((query) => {
    window.history.pushState(null, '', query)
    window.dispatchEvent(new PopStateEvent('popstate'))
  }, query)
}

/** Agrees to the helper of the pod that is shown, and waits for what its picture then has. */
export async function readNode(page: Page, shown: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Read this node…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Agree and start' }).click()
  await expect(page.getByRole('button', { name: shown })).toBeVisible()
}
