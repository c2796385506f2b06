import { graphWords, pictureWords } from '@pausescope/shared'
import { list } from './words.ts'

/** The picture of a pod, and what is done with it: legend, export, comparison, presentation. */
export const picture = {
  picture: {
    label: (pod: string) => `Namespaces of pod ${pod}`,
    keys: 'Arrow keys move, Enter selects, Escape clears, plus and minus zoom, 0 fits.',
    loading: 'The picture is being made',
    measured: (at: string) => `Measured ${at}`,
  },
  /** Each type of namespace: what it isolates, and a command that shows it inside. */
  types: {
    cgroup: { isolates: 'the view of the cgroup tree: which cgroup looks like the top', see: 'cat /proc/self/cgroup' },
    ipc: { isolates: 'System V IPC objects and POSIX message queues', see: 'ipcs' },
    mnt: { isolates: 'the mounts: which files are seen at which path', see: 'cat /proc/self/mountinfo' },
    net: { isolates: 'interfaces, addresses, routes and ports', see: 'ip addr' },
    pid: { isolates: 'process numbers: which processes are seen, and which one is PID\u00a01', see: 'ps -ef' },
    time: { isolates: 'the monotonic and the boot-time clock', see: 'cat /proc/self/timens_offsets' },
    user: { isolates: 'user and group ids, and what root may do', see: 'cat /proc/self/uid_map' },
    uts: { isolates: 'the hostname', see: 'hostname' },
  },
  legend: {
    title: 'How to read the picture',
    close: 'Close',
    hints: [
      'Point at a container, a namespace or a line: what belongs to it stays bright.',
      'Press it: why it is so, with the field of the spec, and how to check it on the node.',
      'A number in a circle marks a finding; its sentence is below the picture.',
    ],
    types: 'What each type of namespace isolates, and a command that shows it from inside',
  },
  /** A picture to be given away. */
  /** Drawn beside the namespaces. */
  layers: { showFiles: 'Show shared files in the picture', hideFiles: 'Hide shared files in the picture' },
  export: {
    open: 'Picture…',
    title: { pod: (pod: string) => `Picture of ${pod}`, node: (node: string) => `Picture of node ${node}` },
    preview: 'The picture as it will be',
    drawing: 'Drawing',
    drawings: { columns: 'Columns', nested: 'Boxes' },
    scale: 'PNG size',
    contents: 'With',
    switches: {
      title: { name: 'Title', hint: 'The name above the picture' },
      caption: { name: 'Caption', hint: 'Cluster, node, runtime, versions and time' },
      legend: { name: 'Legend', hint: 'How to read the picture' },
      files: { name: 'Shared files', hint: 'volumes in several containers' },
      transparent: { name: 'No background', hint: 'What is below shows through' },
      embed: { name: 'Recording inside', hint: 'Dropped on Pausescope, the picture opens again' },
      redact: { name: 'Redacted', hint: 'No node names, addresses, arguments, UIDs' },
    },
    fresh: { name: 'What is new', hint: 'Marked, since the moment before' },
    texts: 'Copy as text',
    copyPicture: 'Copy picture',
    savePng: 'Save PNG',
    saveSvg: 'Save SVG',
    said: { saved: 'Saved.', copied: 'Copied.', failed: 'The browser did not do it. Try another size, or SVG.' },
    tooLarge: 'No browser makes a PNG that large. Choose a smaller size, or SVG.',
  },
  /** Two pods, or one pod at two moments, side by side. */
  compare: {
    open: 'Compare with…',
    hint: 'Another moment, or another pod',
    moment: (pod: string, at: string) => `${pod} at ${at}`,
    title: (one: string, two: string) => `${one} ↔ ${two}`,
    close: 'End the comparison',
    differences: 'What differs',
    alike: (types: readonly string[]) => (types.length === 0 ? 'No type is alike.' : `Alike in ${list(types)}.`),
    cell: { none: 'none', stayed: 'stayed', renewed: 'new', gone: 'gone' },
  },
  /** A pod told step by step, for a class. */
  present: {
    open: 'Present',
    label: (pod: string) => `Presentation of pod ${pod}`,
    close: 'End the presentation',
    fullscreen: 'Full screen',
    steps: 'Steps',
    spotlight: 'Spotlight',
    noSpotlight: 'All types',
    names: { whole: 'Whole pod', sandbox: 'Sandbox', shared: 'Shared', own: 'Own', node: 'Node’s' },
  },
  /** What the graph itself says: reasons, findings, gaps. */
  graph: graphWords,
  /** What stands in the picture of a pod. */
  drawn: pictureWords,
}

export type PictureTexts = typeof picture
