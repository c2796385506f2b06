import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  indexScan,
  type Language,
  type NodeObservation,
  nodesFromDocument,
  type Observation,
  observePod,
  observeWholeNode,
  type PodEvidence,
  podsFromDocument,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type Recording,
} from '@pausescope/shared'
import { type CaptureName, loadCapture } from '@pausescope/testkit'
import { runEvidence } from '../probe/evidence/run-evidence.ts'
import { runProbe } from '../probe/run-probe.ts'
import { readVersion } from '../version.ts'
import { capturedAt } from './captured-at.ts'
import { BUNDLED_RECORDINGS } from './library.ts'

type Bundled = {
  file: string
  title: InEach
  /** The pods to keep, by name; null: all but those of the people who captured. */
  pods: readonly string[] | null
  frames: readonly { capture: CaptureName; caption: InEach }[]
}

/** In English, and in each other language. */
type InEach = Record<Language, string>

const BUNDLED: readonly Bundled[] = [
  {
    file: '1-containerd-cgroup2.json',
    title: {
      en: 'A class on containerd, cgroup v2',
      ko: '수업의 파드들: containerd, cgroup v2',
    },
    pods: null,
    frames: [
      {
        capture: 'node3-containerd-cgroup2',
        caption: {
          en: 'The class has started its pods. myweb2 runs nginx and a shell beside it.',
          ko: '수업에서 파드들을 시작했습니다. 파드 myweb2에서는 nginx와 그 옆의 셸이 실행됩니다.',
        },
      },
      {
        capture: 'node3-after-restart',
        caption: {
          en: 'Process 1 of the container myweb2-nginx was killed, and Kubernetes started the container again.',
          ko: '컨테이너 myweb2-nginx의 프로세스 1을 강제로 끝내자, 쿠버네티스가 컨테이너를 다시 시작했습니다.',
        },
      },
    ],
  },
  {
    file: '2-crio-cgroup2.json',
    title: {
      en: 'The same pods on CRI-O, cgroup v2',
      ko: '같은 파드들: CRI-O, cgroup v2',
    },
    pods: null,
    frames: [
      {
        capture: 'node4-crio-cgroup2',
        caption: {
          en: 'CRI-O runs no pause process for most pods: it pins their namespaces instead.',
          ko: 'CRI-O는 대부분의 파드에서 pause 프로세스를 실행하지 않고, 대신 네임스페이스를 파일로 고정(핀)해 둡니다.',
        },
      },
    ],
  },
  {
    file: '3-containerd-cgroup1.json',
    title: {
      en: 'The same pods on cgroup v1, in a node that is a container',
      ko: '같은 파드들: cgroup v1, 노드 자체가 컨테이너',
    },
    pods: null,
    frames: [
      {
        capture: 'node1-containerd-cgroup1',
        caption: {
          en: 'With cgroup v1 no container has a cgroup namespace of its own. The node is itself a container, as in kind.',
          ko: 'cgroup v1에서는 자체 cgroup 네임스페이스가 있는 컨테이너가 없습니다. 이 노드는 kind에서처럼 노드 자체가 컨테이너입니다.',
        },
      },
    ],
  },
  {
    file: '4-hostile-names.json',
    title: {
      en: 'Processes with hostile names',
      ko: '이름이 악의적인 프로세스들',
    },
    pods: ['hostile-names'],
    frames: [
      {
        capture: 'node3-hostile',
        caption: {
          en: 'Names and arguments that attack whoever reads them: line breaks, escape codes, forged records.',
          ko: '읽는 쪽을 공격하는 이름과 인자들: 줄 바꿈, 이스케이프 코드, 위조된 레코드.',
        },
      },
    ],
  },
]

/** Kubernetes of all captures, as their README says; no file in them has the API server's own version. */
const CLUSTER = { name: null, version: 'v1.36.2' }

/** The bundled recordings by file name, made from the captures through the real probe. */
export async function makeRecordings(): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const { file, title, pods, frames } of BUNDLED) {
    const { en, ...titleIn } = title
    const recording: Recording = {
      format: RECORDING_FORMAT,
      version: RECORDING_VERSION,
      title: en,
      titleIn,
      writtenBy: readVersion(),
      frames: [],
    }
    for (const { capture, caption } of frames) {
      const { node, observations, evidence } = await observeCapture(capture, pods)
      const whole = pods === null ? { nodes: [node] } : {}
      const { en, ...captionIn } = caption
      recording.frames.push({ at: node.at, caption: en, captionIn, observations, ...whole, evidence })
    }
    files.set(file, writeRecording(recording))
  }
  return files
}

async function observeCapture(
  name: CaptureName,
  only: readonly string[] | null,
): Promise<{ node: NodeObservation; observations: Observation[]; evidence: PodEvidence[] }> {
  const capture = loadCapture(name)
  const documents: unknown[] = [JSON.parse(capture.podsJson), JSON.parse(capture.nodeJson)]
  const [node] = nodesFromDocument(documents[1])
  const at = capturedAt(documents)
  if (!node || !at) throw new Error(`The capture ${name} has no node or no time.`)
  const index = indexScan(await runProbe(capture.procRoot), podsFromDocument(documents[0]))
  const context = { at, cluster: CLUSTER, node }
  const observations = index.pods
    .filter((pod) => (only ? only.includes(pod.name) : pod.namespace !== 'grab'))
    .sort((a, b) => Number(b.name === 'myweb2') - Number(a.name === 'myweb2'))
    .map((pod) => observePod(index, pod, context))
  const read = await runEvidence(capture.procRoot, observations, at)
  const evidence = read.filter(({ networks }) => networks.length > 0)
  return { node: observeWholeNode(index, context), observations, evidence }
}

/** One observation, of a pod or a node, and one pod's evidence a line: small, and a change shows where it is. */
function writeRecording({ frames, ...head }: Recording): string {
  const list = (items: readonly object[]) => `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`
  const written = frames.map(({ observations, nodes, evidence = [], ...frame }) => {
    const whole = nodes ? `,"nodes":${list(nodes)}` : ''
    const parts = `"observations":${list(observations)}${whole},"evidence":${list(evidence)}`
    return `${JSON.stringify(frame).slice(0, -1)},${parts}}`
  })
  return `${JSON.stringify(head).slice(0, -1)},"frames":[\n${written.join(',\n')}\n]}\n`
}

if (import.meta.main) {
  mkdirSync(BUNDLED_RECORDINGS, { recursive: true })
  for (const [file, text] of await makeRecordings()) {
    writeFileSync(join(BUNDLED_RECORDINGS, file), text)
    console.info(`${file}: ${Math.ceil(text.length / 1024)} KB`)
  }
}
