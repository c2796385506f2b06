import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visibleText } from '../picture/visible-text.ts'
import { sketchGraph } from '../test/graph-builder.ts'
import { SKETCH_NAMES, sketchOf } from '../test/graph-sketches.ts'
import { shellCommands } from './shell-commands.ts'
import { shellLine, shellQuote } from './shell-quote.ts'

const NS = { net: 4026532300, pid: 4026532310 }
const graph = sketchGraph({
  containers: [
    { name: 'pause', kind: 'sandbox', pid: 500, ns: { ...NS, pid: 4026532311 } },
    { name: 'web', pid: 501, ns: NS },
    {
      name: 'done',
      kind: 'init',
      pid: null,
      state: { kind: 'terminated', reason: null, exitCode: 0, finishedAt: null },
    },
  ],
})

/** The commands by where they are typed. */
function texts(ref: Parameters<typeof shellCommands>[1], of = graph) {
  const { node, kubectl } = shellCommands(of, ref)
  return { node: node.map(({ text }) => text), kubectl: kubectl.map(({ text }) => text) }
}

const IDS =
  "kubectl get pod/myweb2 --namespace=default -o 'jsonpath=" +
  ['init', '', 'ephemeral']
    .map((kind) => (kind ? `${kind}ContainerStatuses` : 'containerStatuses'))
    .map((list) => `{range .status.${list}[*]}{.name}{"\\t"}{.containerID}{"\\n"}{end}`)
    .join('') +
  "'"
const ON_NODE = 'kubectl debug node/node3 -it --image=busybox --profile=sysadmin -- chroot /host'

describe('the commands', () => {
  it('of a container', () => {
    expect(texts({ kind: 'container', key: 'container:web' })).toEqual({
      node: [
        'lsns -p 501',
        'ls -l /proc/501/ns',
        "grep -E '^(Name|NSpid)' /proc/501/status",
        'ps -o pid,ppid,user,args -p 501 --ppid 501',
        'cat /proc/501/cgroup',
        'nsenter -t 501 -n ip addr',
        'ls -l /proc/501/fd',
        'findmnt --task 501',
        `crictl inspect ${'1'.padStart(64, 'c')}`,
      ],
      kubectl: [
        IDS,
        'kubectl exec pod/myweb2 --namespace=default --container=web -- ls -l /proc/self/ns',
        'kubectl debug -it pod/myweb2 --namespace=default --image=busybox --target=web --profile=baseline -- ps -ef',
        `${ON_NODE} lsns -p 501`,
      ],
    })
  })

  it('of a container without a process', () => {
    expect(texts({ kind: 'container', key: 'container:done' })).toEqual({
      node: [`crictl inspect ${'2'.padStart(64, 'c')}`],
      kubectl: [IDS],
    })
  })

  it('of a namespace', () => {
    expect(texts({ kind: 'namespace', key: 'net:[4026532300]' })).toEqual({
      node: [
        'lsns -t net',
        'lsns 4026532300',
        'readlink /proc/500/ns/net /proc/501/ns/net',
        'nsenter -t 500 -n ip addr',
        'nsenter -t 500 -n ip route',
        'nsenter -t 500 -n ss -tunap',
      ],
      kubectl: [
        'kubectl exec pod/myweb2 --namespace=default --container=web -- readlink /proc/self/ns/net',
        'kubectl exec pod/myweb2 --namespace=default --container=web -- ip addr',
        `${ON_NODE} readlink /proc/500/ns/net`,
      ],
    })
  })

  it('of a container in a namespace', () => {
    expect(texts({ kind: 'link', container: 'container:web', namespace: 'pid:[4026532310]' })).toEqual({
      node: ['readlink /proc/501/ns/pid', 'lsns -p 501 -t pid', 'nsenter -t 501 -p unshare --mount-proc ps -ef'],
      kubectl: [
        'kubectl exec pod/myweb2 --namespace=default --container=web -- readlink /proc/self/ns/pid',
        'kubectl exec pod/myweb2 --namespace=default --container=web -- ps -ef',
        `${ON_NODE} readlink /proc/501/ns/pid`,
      ],
    })
  })

  it('are none for what is not there', () => {
    expect(texts({ kind: 'namespace', key: 'net:[1]' })).toEqual({ node: [], kubectl: [] })
  })

  it.each(SKETCH_NAMES)('are one line each, for everything in the picture %s', (name) => {
    const all = sketchOf(name)
    const refs = [
      ...all.containers.map(({ key }) => ({ kind: 'container' as const, key })),
      ...all.namespaces.map(({ key }) => ({ kind: 'namespace' as const, key })),
    ]
    for (const ref of refs) {
      const { node, kubectl } = texts(ref, all)
      for (const text of [...node, ...kubectl]) expect(text).toBe(visibleText(text))
    }
  })
})

describe('names that Kubernetes would refuse', () => {
  const hostile = fc.string({ minLength: 1, unit: fc.constantFrom(...`a-'"$\`\\;|&<>(){}*?#~ !=\n\r\t\x1b\u202e한`) })

  it('stay one word, pass for no option, and what is not seen is not copied', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (podName, namespace, name) => {
        const one = sketchGraph({ containers: [{ name, pid: 501, ns: NS }], pod: { name: podName, namespace } })
        const { node, kubectl } = shellCommands(one, { kind: 'container', key: `container:${name}` })
        for (const { words, text } of [...node, ...kubectl]) {
          expect(text).toBe(visibleText(text))
          if (words[1] !== 'exec') continue
          expect(words.slice(2, 6)).toEqual([`pod/${podName}`, `--namespace=${namespace}`, `--container=${name}`, '--'])
        }
      }),
    )
  })

  it.each([
    ['plain-1.2_3', 'plain-1.2_3'],
    ['', "''"],
    ["it's", "'it'\\''s'"],
    ['$(reboot)', "'$(reboot)'"],
    ['~root', "'~root'"],
    ['a=b', 'a=b'],
    ['=a', "'=a'"],
  ])('%j is %s', (word, quoted) => {
    expect(shellQuote(word)).toBe(quoted)
  })

  it('are in no line when they hold what is not seen', () => {
    expect(shellLine(['echo', 'a\u001b[201~b'])).toBeNull()
    expect(shellLine(['echo', '파드'])).toBe("echo '파드'")
  })
})
