/**
 * Prints how long it takes from the click on a pod to its drawn picture, in real Chromium against the built page, on a node
 * of 2,000 processes: with a scan made for each click, and from the scan in memory. Never fails.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLabCluster } from '@pausescope/testkit'
import { chromium, type Page } from '@playwright/test'
import config from '../playwright.config.ts'
import { startProduct } from '../support/product.ts'

const PROCESSES = 2000
const CLICKS = 40
const WAYS = [
  { name: 'cold: a scan for each click', scanCache: 0, goal: 300 },
  { name: 'from the scan in memory', scanCache: 600, goal: 50 },
]

const folder = mkdtempSync(join(tmpdir(), 'pausescope-bench-'))
const cluster = await startLabCluster({ captures: [], bigNode: PROCESSES })
const browser = await chromium.launch(config.use?.launchOptions)
try {
  const kubeconfig = cluster.writeKubeconfig(folder)
  for (const { name, scanCache, goal } of WAYS) {
    const product = await startProduct([
      '--kubeconfig',
      kubeconfig,
      '--allow-helper',
      '--scan-cache',
      String(scanCache),
    ])
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${product.url}/?pod=big/web-0000`)
    await drawn(page, 'big/web-0000')
    const times: number[] = []
    for (let index = 1; index <= CLICKS; index++) times.push(await click(page, `web-${String(index).padStart(4, '0')}`))
    times.sort((a, b) => a - b)
    const [median, p95] = [0.5, 0.95].map((part) => Math.round(times[Math.ceil(times.length * part) - 1] ?? Number.NaN))
    console.log(
      `click to drawn graph, ${PROCESSES} processes, ${name}: median ${median} ms, p95 ${p95} ms (goal ≤ ${goal} ms)`,
    )
    await page.close()
    await product.stop()
  }
} finally {
  await browser.close()
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Clicks a pod of the list and gives the milliseconds until the browser has painted its namespaces. */
async function click(page: Page, pod: string): Promise<number> {
  return page.evaluate(async (pod) => {
    const items = [...document.querySelectorAll<HTMLElement>('[role=treeitem]')]
    const item = items.find((one) => one.textContent?.includes(pod))
    if (!item) throw new Error(`The list does not show ${pod}.`)
    const start = performance.now()
    item.click()
    const frame = () => new Promise<number>(requestAnimationFrame)
    const isDrawn = () =>
      document.querySelector(`[aria-label="Namespaces of pod big/${pod}"] [aria-label^="net:["]`) !== null
    while (!isDrawn()) {
      if (performance.now() - start > 20_000) throw new Error(`The picture of ${pod} did not come in 20 s.`)
      await frame()
    }
    return performance.now() - start
  }, pod)
}

async function drawn(page: Page, pod: string): Promise<void> {
  await page.locator(`[aria-label="Namespaces of pod ${pod}"] [aria-label^="net:["]`).first().waitFor()
}
