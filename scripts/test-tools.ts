/**
 * Gets what the tests need beyond npm packages: a browser, a Korean font, busybox, and what makes real pods: containerd with
 * runc and CNI plugins. What the machine has is used; as root on a Debian system the rest comes from its packages, else
 * Playwright downloads a browser of its own, and tests that lack something say what and are skipped.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Chromium without its window, the same engine: the tests take a third less time in it. */
const HEADLESS = 'chromium-headless-shell'
/** For pods with a kernel of their own; not every release of Debian has gVisor. By command, the package. */
const FOR_SEALED_PODS: Record<string, string> = {
  runsc: 'runsc',
  ...(process.arch === 'x64' ? { 'qemu-system-x86_64': 'qemu-system-x86' } : {}),
  ...(process.arch === 'arm64' ? { 'qemu-system-aarch64': 'qemu-system-arm' } : {}),
}
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_BROWSERS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Debian packages, and where what they bring is found. */
const FOR_REAL_PODS = {
  containerd: 'containerd',
  runc: 'runc',
  catatonit: 'catatonit',
  iproute2: 'ip',
  'containernetworking-plugins': '/usr/lib/cni/bridge',
}

const missing: string[] = []
if (!onPath(HEADLESS) && !BROWSERS.some(onPath) && !MAC_BROWSERS.some(existsSync)) missing.push('chromium')
if (!spawnSync('fc-list', [':lang=ko'], { encoding: 'utf8' }).stdout?.trim()) missing.push('fonts-noto-cjk')
if (!onPath('busybox')) missing.push('busybox-static')
for (const [name, file] of Object.entries(FOR_REAL_PODS)) {
  if (process.platform === 'linux' && !(file.startsWith('/') ? existsSync(file) : onPath(file))) missing.push(name)
}

if (process.getuid?.() === 0 && onPath('apt-get')) {
  if (missing.length > 0) apt('update', '-qq')
  const better = Object.entries({ [HEADLESS]: HEADLESS, ...FOR_SEALED_PODS })
    .filter(([command, name]) => !onPath(command) && isPackage(name))
    .map(([, name]) => name)
  const wanted = [...better, ...missing.filter((name) => name !== 'chromium' || !better.includes(HEADLESS))]
  if (wanted.length > 0) {
    say(`Installing ${wanted.join(', ')} for the tests, from Debian's packages`)
    apt('install', '-y', '-qq', '--no-install-recommends', ...wanted)
  }
} else if (missing.includes('chromium')) {
  say('Downloading a browser for the tests, with Playwright')
  const done = spawnSync('playwright', ['install', 'chromium'], { cwd: 'e2e', stdio: ['ignore', 2, 2], env: e2ePath() })
  if (done.status !== 0) fail('No browser for the tests. Install Chromium or Chrome and run again.')
}

function apt(...step: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const done = spawnSync('apt-get', step, { stdio: ['ignore', 'ignore', 'inherit'], env })
  if (done.status !== 0) fail(`"apt-get ${step.join(' ')}" failed. Install by hand what it names and run again.`)
}

/** Whether the lists that were fetched last have it. */
function isPackage(name: string): boolean {
  return spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0
}

function e2ePath(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [join(process.cwd(), 'e2e/node_modules/.bin'), process.env.PATH].join(delimiter) }
}

function onPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
}

function say(text: string): void {
  process.stderr.write(`pausescope: ${text}\n`)
}

function fail(text: string): never {
  say(text)
  process.exit(1)
}
