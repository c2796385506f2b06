import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, show, test } from './support/fixtures.ts'

const RECORDING = join(import.meta.dirname, '../apps/server/recordings/1-containerd-cgroup2.json')
/** What would run, load or break out where a page takes a text for markup. */
const HOSTILE = '"><img src=//evil.example/x onerror=alert(1)><script>alert(2)</script>\u202e\u0000{{7*7}}'
/** Texts that whoever names things, runs processes or writes a file can choose. */
const CHOSEN = [
  'title',
  'caption',
  'name',
  'comm',
  'image',
  'message',
  'reason',
  'hostname',
  'runtimeVersion',
  'kernel',
]

/** The recording as somebody would forge it: each text that people choose is hostile; the same text stays the same. */
function forge(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return CHOSEN.includes(key) || key === 'argv' ? `${value}${HOSTILE}` : value
  if (Array.isArray(value)) return value.map((one) => forge(one, key))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, forge(inner, name)]))
}

test('hostile texts are only texts and reorder none, in every view, dialog and language', async ({
  page,
  recordings,
}) => {
  const dialogs: string[] = []
  const strangers: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(recordings.url) && !/^(data|blob):/.test(url)) strangers.push(url)
  })
  await page.addInitScript(() => {
    const found: string[] = []
    Object.assign(window, { violations: found })
    addEventListener('securitypolicyviolation', (event) =>
      found.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`),
    )
  })
  await page.goto(recordings.url)
  const buffer = Buffer.from(JSON.stringify(forge(JSON.parse(readFileSync(RECORDING, 'utf8')))))
  const file = { name: 'forged.json', mimeType: 'application/json', buffer }
  await page.getByLabel('Open a recording file…').setInputFiles(file)
  await expect(page.getByRole('treeitem', { name: /onerror=alert/ }).first()).toBeVisible()
  const stage = page.locator('main')
  await expect(stage).toContainText('<script>alert(2)</script>')

  const opened = `?recording=${encodeURIComponent('file:forged.json')}`
  const pod = encodeURIComponent(`lab-v2/myweb2${HOSTILE}`)
  const container = encodeURIComponent(`container:myweb2-nginx${HOSTILE}`)
  const node = encodeURIComponent(`node3${HOSTILE}`)
  const views = [
    `&pod=${pod}&select=container/${container}`,
    `&pod=${pod}&view=boxes`,
    `&pod=${pod}&view=table&args=shown`,
    `&pod=${pod}&with=${pod}`,
    `&pod=${pod}&present=shared`,
    `&node=${node}`,
    `&node=${node}&view=table&side=nodes`,
  ]
  for (const language of ['en', 'ko']) {
    for (const view of views) {
      await show(page, `${opened}${view}&lang=${language}`)
      await expect(stage).toContainText('onerror=alert(1)')
      expect(await page.locator('body').textContent(), view).not.toContain('\u202e')
      if (view.includes('select')) await expect(stage.getByRole('complementary')).toContainText('onerror=alert(1)')
    }
    await show(page, `${opened}&pod=${pod}&lang=${language}`)
    for (const key of ['Control+k', '?', 'i', 'c']) {
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
  }
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([])
  expect(await page.locator('img[src*="evil"], script:not([src])').count()).toBe(0)
  expect([dialogs, strangers]).toEqual([[], []])
})
