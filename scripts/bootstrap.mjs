// Runs on any Node from 18 on, with nothing installed: does the set-up that a task needs, then runs the task with the
// Node that the workspace pins. `node scripts/bootstrap.mjs start|test|cli|static|setup [arguments]`
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const SERVER = join(ROOT, 'apps', 'server', 'src', 'main.ts')
/** The first Node that runs TypeScript without a flag: where no pinned one exists for the platform, the user's must be it. */
const OWN_NODE_FROM = [22, 18]

const TASKS = {
  start: () => {
    buildPage()
    return [SERVER, 'serve']
  },
  cli: () => [SERVER],
  static: () => [join(ROOT, 'apps', 'server', 'static', 'build-static.ts')],
  test: () => {
    run([join('scripts', 'test-tools.ts')])
    return ['--run', 'verify']
  },
  setup: () => ['-e', ''],
}

const [task = '', ...args] = process.argv.slice(2)
if (!Object.hasOwn(TASKS, task)) fail(`Unknown task "${task}". Give one of: ${Object.keys(TASKS).join(', ')}.`)
// Files that a person names are seen from where they typed the command; npm itself goes to the root.
process.chdir(process.env.INIT_CWD ?? process.cwd())
installPackages()
const node = pinnedNode()
const [entry, ...rest] = TASKS[task]()
if (task === 'test') process.chdir(ROOT)
become([entry, ...rest, ...args])

/** Installs the locked packages, unless what is installed came from the same lockfile and manifests. */
function installPackages() {
  const stamp = join(ROOT, 'node_modules', '.pausescope-installed')
  const manifests = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'e2e/package.json']
  for (const folder of ['apps', 'packages']) {
    for (const name of readdirSync(join(ROOT, folder))) manifests.push(join(folder, name, 'package.json'))
  }
  const key = fingerprint(manifests.map((path) => join(ROOT, path)).filter(existsSync))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return
  const { packageManager } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  say(`Installing the packages with ${packageManager} (once; about a minute)`)
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const done = spawnSync(npm, ['exec', '--yes', '--', packageManager, 'install', '--frozen-lockfile'], {
    cwd: ROOT,
    // What the package manager prints is no result of the task: it goes to standard error.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...process.env, CI: 'true' },
  })
  if (done.error || done.status !== 0) {
    fail(`The packages could not be installed (${done.error?.message ?? `exit code ${done.status}`}).
Check that the npm registry can be reached, then run the same command again.`)
  }
  writeFileSync(stamp, key)
}

/** The workspace's own Node where the platform has one, else the user's if it is new enough. */
function pinnedNode() {
  const pinned = join(ROOT, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > OWN_NODE_FROM[0] || (major === OWN_NODE_FROM[0] && minor >= OWN_NODE_FROM[1])) return process.execPath
  return fail(`There is no pinned Node for ${process.platform} ${process.arch}, and yours is ${process.version}.
Install Node ${OWN_NODE_FROM.join('.')} or later, then run the same command again.`)
}

/** Builds the page, unless the built one came from the same sources. */
function buildPage() {
  const stamp = join(ROOT, '.cache', 'page-built')
  const sources = [
    ...filesBelow(join(ROOT, 'apps', 'web'), ['dist', 'node_modules']),
    ...filesBelow(join(ROOT, 'packages', 'shared', 'src'), []),
    join(ROOT, 'pnpm-lock.yaml'),
  ]
  const key = fingerprint(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key && existsSync(join(ROOT, 'apps/web/dist/index.html'))) {
    return
  }
  say('Building the page (after each change of its sources)')
  rmSync(stamp, { force: true })
  run(['--run', 'build', '--', '--logLevel', 'warn'])
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, key)
}

/** Runs a step to its end; its failure is the task's. */
function run(nodeArguments) {
  const done = spawnSync(node, nodeArguments, { cwd: ROOT, stdio: ['ignore', 2, 2], env: environment() })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

/** Runs the task in this process's place: same input and output, same signals, same exit code. */
function become(nodeArguments) {
  const child = spawn(node, nodeArguments, { stdio: 'inherit', env: environment() })
  // A terminal sends Ctrl-C to the whole group, so the child has it already; what others send must be handed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (cause) => fail(`${node} could not be started (${cause.message}).`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)))
}

function environment() {
  const path = [dirname(node), join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  // What was compiled once need not be again: each start of the command line takes a third less time.
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(ROOT, '.cache', 'compiled')
  return { ...process.env, PATH: path, NODE_COMPILE_CACHE: compiled }
}

function filesBelow(folder, without) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !without.includes(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(path, []) : [path]
    })
}

function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of [...paths].sort()) {
    if (statSync(path).isFile()) hash.update(relative(ROOT, path)).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

function say(text) {
  process.stderr.write(`pausescope: ${text}\n`)
}

function fail(text) {
  say(text)
  process.exit(1)
}
