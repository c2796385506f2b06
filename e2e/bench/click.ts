/**
 * Prints how long it takes from the click on a pod to its drawn picture, in real Chromium against the built page, on a node
 * of 2,000 processes: with a scan made for each click, from the scan in the server's memory, and from the page's memory for a
 * pod that was seen before. The time begins with the click, not with the press before it, when the page asks already; it
 * ends with the frame after the one that has the picture. Cluster, node and product share the machine. Never fails.
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
const THERE = Array.from({ length: CLICKS }, (_, index) => index + 1)
const BACK = THERE.map((pod) => CLICKS - pod)
const WAYS = [
  { scanCache: 0, rounds: [{ name: 'cold: a scan for each click', goal: 300, pods: THERE }] },
  {
    scanCache: 600,
    rounds: [
      { name: 'from the scan in memory', goal: 50, pods: THERE },
      { name: 'a pod that was seen before', goal: 50, pods: BACK },
    ],
  },
]

const folder = mkdtempSync(join(tmpdir(), 'pausescope-bench-'))
const cluster = await startLabCluster({ captures: [], bigNode: PROCESSES })
const browser = await chromium.launch(config.use?.launchOptions)
try {
  const kubeconfig = cluster.writeKubeconfig(folder)
  for (const { scanCache, rounds } of WAYS) {
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
    for (const { name, goal, pods } of rounds) {
      const times: number[] = []
      for (const pod of pods) times.push(await click(page, `web-${String(pod).padStart(4, '0')}`))
      times.sort((a, b) => a - b)
      const [median, p95] = [0.5, 0.95].map((part) =>
        Math.round(times[Math.ceil(times.length * part) - 1] ?? Number.NaN),
      )
      console.log(
        `click to drawn graph, ${PROCESSES} processes, ${name}: median ${median} ms, p95 ${p95} ms (goal ≤ ${goal} ms)`,
      )
    }
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
