import type { Picture } from './picture.ts'
import { facts, noFindings } from './scene-frame.ts'
import { absenceText, holderText, kindText, stateText } from './scene-labels.ts'
import type { SceneContext } from './scene-parts.ts'
import { filesOf } from './volumes.ts'

/** The whole picture in words, in the order the eye takes it: containers, what they share, what is the node's. */
export function describe(picture: Picture, context: SceneContext): string {
  const { graph, words } = context
  const { pod, scanned } = graph.observation
  const sentences = [words.describe.opening(`${pod.namespace}/${pod.name}`, facts(context).join(', '))]
  for (const { container, own, nested } of picture.cards) {
    const named = `${container.name} (${kindText(container, context) ?? words.label.containerWord}, ${stateText(container, context)})`
    if (container.pid === null) sentences.push(`${named}: ${absenceText(container, context)}.`)
    else if (own.length + nested.length > 0) {
      sentences.push(words.describe.own(named, [...own, ...nested].map(({ key }) => key).join(', ')))
    }
  }
  for (const { holder, namespaces } of picture.sections) {
    sentences.push(`${words.columns.pod}, ${holderText(holder, context)}:`)
    for (const namespace of namespaces)
      sentences.push(shared(namespace.key, namespace.members, namespace.facts, context))
  }
  for (const [heading, namespaces] of [
    [words.columns.foreign, picture.foreign],
    [words.columns.node, picture.node],
  ] as const) {
    if (namespaces.length === 0) continue
    sentences.push(`${heading}:`)
    for (const namespace of namespaces)
      sentences.push(shared(namespace.key, namespace.members, namespace.facts, context))
  }
  if (context.options.files) sentences.push(filesText(context))
  if (!scanned) sentences.push(`${words.notScannedTitle}. ${words.notScanned}`)
  else if (graph.findings.length === 0) sentences.push(noFindings(context))
  sentences.push(...graph.findings.map(({ text }, index) => `${words.label.finding(index + 1)}: ${text}`))
  sentences.push(...graph.gaps.map(({ detail }) => detail))
  return sentences.join(' ')
}

function filesText({ graph, containers, words }: SceneContext): string {
  const volumes = filesOf(graph).shared.map((volume) => {
    const names = volume.containers.map((key) => containers.get(key)?.name ?? key)
    return words.describe.shared(`${words.volumes[volume.kind]} ${volume.name}`, names.join(', '))
  })
  return [`${words.files.title}:`, ...(volumes.length > 0 ? volumes : [words.files.none])].join(' ')
}

function shared(
  key: string,
  members: readonly string[],
  facts: readonly string[],
  { containers, words }: SceneContext,
): string {
  const names = members.map((member) => containers.get(member)?.name ?? member)
  return words.describe.shared(key, [...names, ...facts].join(', '))
}
