import type { Drawing, Language, Theme } from '@pausescope/shared'
import { Command, InvalidArgumentError, Option } from 'commander'
import { LOG_FORMATS, LOG_LEVELS } from './log-options.ts'
import { type Given, type ObserveOptions, OUTPUTS, type ServeOptions } from './options.ts'

const DEFAULT_PORT = 7777
const THEMES = ['light', 'dark', 'contrast'] as const satisfies readonly Theme[]
const DRAWINGS = ['columns', 'nested'] as const satisfies readonly Drawing[]
const LANGUAGES = ['en', 'ko'] as const satisfies readonly Language[]
const WIDTH = { least: 900, usual: 1240, most: 1400 }

/** Variables of flags without a value. */
export const SWITCHES = [
  'PAUSESCOPE_ALLOW_HELPER',
  'PAUSESCOPE_OPEN',
  'PAUSESCOPE_NO_OPEN',
  'PAUSESCOPE_NO_TOKEN',
  'PAUSESCOPE_WHOLE_NODE',
  'PAUSESCOPE_NO_TITLE',
  'PAUSESCOPE_NO_CAPTION',
  'PAUSESCOPE_NO_LEGEND',
  'PAUSESCOPE_TRANSPARENT',
  'PAUSESCOPE_REDACT',
  'PAUSESCOPE_EMBED',
] as const

/** The commands do their work elsewhere, so that --help loads nothing else. */
export type Commands = {
  serve(options: ServeOptions, given: Given): Promise<void>
  observe(options: ObserveOptions, given: Given): Promise<void>
}

/** The command line. Every flag can be set by an environment variable too; the flag wins. */
export function createProgram(version: string, commands: Commands): Command {
  const program = new Command('pausescope')
    .description('See how the containers of a Kubernetes pod share Linux namespaces, as measured on the node.')
    .version(version, '-V, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .helpCommand('help [command]', 'Print the help of a command.')
    .showHelpAfterError('Add --help to see what is possible.')
    .exitOverride()
    .addHelpText(
      'after',
      `
Without a command it serves the page. Each flag has an environment variable; the flag wins.
Exit codes: 0 done, 1 failed, 2 wrong command line.

Examples:
  pausescope                        the page of the current cluster, or of recordings
  pausescope help serve             the flags of the server
  pausescope help observe           how to print observations, tables and pictures
`,
    )
  addServe(program, commands)
  addObserve(program, commands)
  return program
}

function addServe(program: Command, { serve }: Commands): void {
  program
    .command('serve', { isDefault: true })
    .description('Serve the page: of the cluster of your kubeconfig, or of recordings when there is none. The default.')
    .addOption(
      flag('--port <number>', 'Port; if 7777 is taken and none is given, a free one is used.', parsePort).default(
        DEFAULT_PORT,
      ),
    )
    .addOption(
      flag('--host <address>', 'Address to listen on; other than loopback needs --allowed-host.').default('127.0.0.1'),
    )
    .addOption(
      flag(
        '--allowed-host <name>',
        'Host name, with or without port, to answer to as well; may be repeated, or have commas.',
        collect,
      ).default([]),
    )
    .addOption(flag('--kubeconfig <file>', 'Kubeconfig, instead of $KUBECONFIG or ~/.kube/config.'))
    .addOption(flag('--context <name>', 'Context of the kubeconfig.'))
    .addOption(
      flag('--recording <file>', 'Show this recording instead of a cluster.').conflicts([
        'kubeconfig',
        'context',
        'allowHelper',
      ]),
    )
    .addOption(flag('--allow-helper', 'Make helper pods on nodes without asking in the page.'))
    .addOption(helperImage())
    .addOption(helperNamespace())
    .addOption(flag('--scan-cache <seconds>', 'How long a scan of a node is used again.', parseSeconds))
    .addOption(flag('--open', 'Open the page in the browser, even without a terminal.'))
    .addOption(flag('--no-open', 'Do not open the page in the browser.'))
    .addOption(flag('--no-token', 'Let in whoever reaches the server, also other users of this machine.'))
    .addOption(flag('--log-format <format>', 'Text for people, or JSON lines.').choices(LOG_FORMATS).default('text'))
    .addOption(
      flag('--log-level <level>', 'What is logged to standard error; debug logs each request.')
        .choices(LOG_LEVELS)
        .default('info'),
    )
    .addHelpText(
      'after',
      `
Examples:
  pausescope                                   the current cluster, or recordings
  pausescope --context lab --port 8080         another cluster, another port
  pausescope --recording class.json            a recording that somebody saved
  pausescope --host 0.0.0.0 --allowed-host lab.example

The page needs the token in the address that is printed, a new one at each start; PAUSESCOPE_TOKEN sets it. A program sends it
as Authorization: Bearer TOKEN. Bundled recordings alone need none.
`,
    )
    .action((_options, command: Command) => serve(command.opts<ServeOptions>(), givenIn(command)))
}

function addObserve(program: Command, { observe }: Commands): void {
  program
    .command('observe')
    .description(
      'Scan a node once and print what was seen: of a /proc tree with --pods, of a recording, or of the cluster.',
    )
    .addOption(flag('--proc-root <folder>', 'The /proc tree to scan on this machine.').default('/proc'))
    .addOption(
      flag('--pods <file>', 'Pods of the node: JSON or YAML as kubectl get pods prints it; "-" reads standard input.'),
    )
    .addOption(flag('--node <file>', 'The Node object, for the names of its runtime and versions.'))
    .addOption(flag('--pod <namespace/name>', 'Only this pod; the name alone where only one pod has it.'))
    .addOption(flag('--whole-node', 'All pods and namespaces of the node at once; of several nodes, that of --pod.'))
    .addOption(flag('-o, --output <format>', 'What to print.').choices(OUTPUTS).default('json'))
    .addOption(flag('--theme <name>', 'Colours of -o svg.').choices(THEMES).default('light'))
    .addOption(flag('--drawing <name>', 'How -o svg draws a pod.').choices(DRAWINGS).default('columns'))
    .addOption(flag('--language <code>', 'Words of -o svg, markdown and mermaid.').choices(LANGUAGES).default('en'))
    .addOption(
      flag('--width <pixels>', `Width of -o svg, from ${WIDTH.least} to ${WIDTH.most}.`, parseWidth).default(
        WIDTH.usual,
      ),
    )
    .addOption(flag('--no-title', 'Without the name above the picture.'))
    .addOption(flag('--no-caption', 'Without the line of cluster, node, versions, address and time above the picture.'))
    .addOption(flag('--no-legend', 'Without the explanation of lines and marks.'))
    .addOption(
      flag('--files', 'With the volumes that the containers of a pod share, as its spec mounts them.').default(false),
    )
    .addOption(flag('--transparent', 'A picture without a ground.').default(false))
    .addOption(
      flag('--embed', 'Put the recording into the picture, arguments and all: the page opens it again.').default(false),
    )
    .addOption(
      flag(
        '--redact',
        'Replace names of nodes, hosts and other pods, addresses, arguments and ids by placeholders.',
      ).default(false),
    )
    .addOption(
      flag('--recording <file>', 'Take the observations of a recording.').conflicts([
        'procRoot',
        'pods',
        'node',
        'kubeconfig',
        'context',
        'allowHelper',
      ]),
    )
    .addOption(flag('--frame <number>', 'Which frame of the recording, from 1.', parseFrame).default(1))
    .addOption(flag('--kubeconfig <file>', 'Kubeconfig, instead of $KUBECONFIG or ~/.kube/config.').conflicts('pods'))
    .addOption(flag('--context <name>', 'Context of the kubeconfig.').conflicts('pods'))
    .addOption(flag('--allow-helper', 'Make a helper pod on the node of the pod; it is removed afterwards.'))
    .addOption(helperImage())
    .addOption(helperNamespace())
    .addHelpText(
      'after',
      `
Formats:
  json   one observation with --pod, else a list of the observations of all pods of the node
  lsns   for pause and each container, a line with its name and PID, then what lsns -p PID prints
  svg    the picture of one pod
  markdown, mermaid   the table of each pod; the flowchart of one
  evidence   what is inside the pod's namespaces, as JSON: interfaces, routes, sockets and who holds them, mounts, maps,
             hostnames, IPC objects; of this machine (--pods) or of a recording
With --whole-node:
  json   the observation of the node
  lsns   for each type, what lsns -t TYPE prints, with what is pinned
  svg    the picture of the node

Examples:
  kubectl get pods -A -o json | sudo pausescope observe --pods - --pod default/myweb2 -o lsns
  pausescope observe --proc-root captured/proc --pods pods.json --node node.json --pod myweb2 -o svg > myweb2.svg
  pausescope observe --recording class.json --frame 2 --pod myweb2 -o svg > myweb2.svg
  pausescope observe --recording class.json --pod myweb2 -o svg --drawing nested --theme dark --redact > slide.svg
  pausescope observe --recording class.json --whole-node -o svg > node.svg
  pausescope observe --context lab --pod default/myweb2 --allow-helper -o json
`,
    )
    .action((_options, command: Command) => observe(command.opts<ObserveOptions>(), givenIn(command)))
}

/** An option with its environment variable: `--proc-root` is PAUSESCOPE_PROC_ROOT. */
function flag<Value>(flags: string, description: string, parse?: (text: string, before: Value) => Value): Option {
  const option = new Option(flags, description)
  const name = /--([a-z-]+)/.exec(flags)?.[1] ?? ''
  option.env(`PAUSESCOPE_${name.toUpperCase().replaceAll('-', '_')}`)
  return parse ? option.argParser(parse) : option
}

function helperImage(): Option {
  return flag('--helper-image <image>', 'Image of the helper: any with sh, grep, stat and xargs.')
}

function helperNamespace(): Option {
  const description = 'Kubernetes namespace of helpers; pausescope if none is given.'
  return flag('--helper-namespace <name>', description, parseNamespace)
}

function givenIn(command: Command): Given {
  return (option) => ['cli', 'env'].includes(command.getOptionValueSource(option) ?? '')
}

function parseWidth(text: string): number {
  if (/^\d{3,4}$/.test(text) && Number(text) >= WIDTH.least && Number(text) <= WIDTH.most) return Number(text)
  throw new InvalidArgumentError(`A width is a number from ${WIDTH.least} to ${WIDTH.most}.`)
}

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text)
  throw new InvalidArgumentError('A port is a number from 0 to 65535.')
}

function parseNamespace(text: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) return text
  throw new InvalidArgumentError('A namespace has lower-case letters, digits and "-".')
}

function parseFrame(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Frames are counted from 1.')
}

function parseSeconds(text: string): number {
  if (/^\d{1,4}(\.\d+)?$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a number of seconds, such as 2.')
}

function collect(text: string, before: string[]): string[] {
  // An empty part is no name: of an empty list of allowedHosts the chart makes `,pausescope.NAMESPACE`.
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const bad = names.find((name) => !/^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.test(name))
  if (bad !== undefined)
    throw new InvalidArgumentError(`"${bad}" is no host name, such as lab.example or lab.example:8080.`)
  return [...before, ...names]
}
