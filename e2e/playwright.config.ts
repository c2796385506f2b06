import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { defineConfig } from '@playwright/test'

/** The first that is found is used; without its window Chromium is the same, and faster. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const folders = (process.env.PATH ?? '').split(delimiter)
const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
/** The machine's own browser; undefined: the one that Playwright downloaded. */
const executablePath = [...onPath, ...MAC_APPS].find((path) => existsSync(path))

export default defineConfig({
  testDir: '.',
  outputDir: './test-results',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  workers: 2,
  // A busy machine is slow, not wrong.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    locale: 'en-US',
    timezoneId: 'Asia/Seoul',
    viewport: { width: 1440, height: 900 },
    // Nothing moves by itself: what a test looks at is at rest.
    contextOptions: { reducedMotion: 'reduce' },
    // The page as each step found it, without a film: that would cost more than the tests.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
