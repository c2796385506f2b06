import type { ChangedContainer, Keeper, Kept, LifeKind, Named } from './change.ts'
import { type ChangeWords, MOST_NAMED } from './change-words.ts'

/** Every sentence about what changed, in Korean: names stand before a noun, a parenthesis or a colon. */
export const changeWordsKo: ChangeWords = {
  nothing: '바뀐 것이 없습니다. 같은 프로세스가 같은 네임스페이스에 있습니다.',
  unread:
    '두 순간 가운데 하나에서 노드를 읽지 못했습니다. 그 사이 프로세스와 네임스페이스가 어떻게 되었는지 알 수 없습니다.',
  nodeRestarted: '노드가 다시 시작되었습니다. 이어진 프로세스도 네임스페이스도 없습니다.',
  anotherPod: '이름만 같은 다른 파드입니다. UID가 새것이고, 자체의 프로세스와 네임스페이스도 모두 새것입니다.',
  life: (kind, { containers, types, kept }) =>
    [
      `${who(containers)} ${HAPPENED[kind]}${pids(containers)}.`,
      ...(types.length === 0 ? [] : [`${OUTCOME[kind]}: ${types.join(', ')}.`]),
      ...kept.map((one) => (kind === 'started' || kind === 'came' ? joined(one) : stayed(one))),
    ].join(' '),
  moved: (container, types) => `컨테이너 ${container} 계속 실행 중. 다른 것으로 바뀐 것: ${types.join(', ')}.`,
  made: (container, namespaces) =>
    `컨테이너 ${container} 안의 프로세스가 컨테이너의 네임스페이스를 떠나 새로 만든 것: ${namespaces.join(', ')}.`,
  unmade: (container, namespaces) => `컨테이너 ${container} 안에서 이제 아무도 없는 것: ${namespaces.join(', ')}.`,
  unshared: (container, namespace) => `더는 공유되지 않음: ${namespace}. 남은 컨테이너: ${container}.`,
  processes: ({ container, from, to, came, went }) =>
    [
      `컨테이너 ${container} 프로세스 ${from}개 → ${to}개.`,
      ...(came.length > 0 ? [`생긴 것: ${named(came)}.`] : []),
      ...(went.length > 0 ? [`사라진 것: ${named(went)}.`] : []),
    ].join(' '),
  found: (text) => `새 발견: ${text}`,
  settled: (text) => `더는 그렇지 않음: ${text}`,
}

const HAPPENED = {
  restarted: '다시 시작됨',
  started: '이제 실행 중',
  came: '생김',
  ended: '종료됨',
  gone: '사라짐',
} as const satisfies Record<LifeKind, string>

const OUTCOME = { restarted: '새것', started: '새것', came: '새것', ended: '사라진 것', gone: '사라진 것' } as const

function who(containers: readonly ChangedContainer[]): string {
  const [first] = containers
  // What the API server does not name is called a container by its name already.
  if (containers.length === 1 && first) return first.kind === 'unknown' ? first.name : `컨테이너 ${first.name}`
  const shown = containers.slice(0, containers.length > MOST_NAMED + 1 ? MOST_NAMED : undefined)
  const rest = containers.length - shown.length
  const names = shown.map((one) => `${one.name}${pids([one])}`).join(', ')
  return `컨테이너 ${names}${rest > 0 ? ` 외 ${rest}개` : ''}:`
}

function pids(containers: readonly ChangedContainer[]): string {
  if (containers.length !== 1) return ''
  const { from, to } = containers[0] as ChangedContainer
  const numbers = [from, to].filter((pid) => pid !== null)
  return numbers.length === 0 ? '' : ` (PID ${numbers.join(' → ')})`
}

function stayed({ types, by }: Kept): string {
  return `그대로인 것: ${types.join(', ')}. 여전히 유지하는 것: ${keeper(by)}.`
}

function joined({ types, by }: Kept): string {
  return `들어간 것: ${types.join(', ')}. 유지하는 것: ${keeper(by)}.`
}

function keeper(by: Keeper): string {
  if (by.kind === 'pin') return '핀'
  return by.kind === 'unseen' ? '이 스캔에서는 보이지 않음' : `${by.name}(PID ${by.pid})`
}

function named(processes: readonly Named[]): string {
  const shown = processes.slice(0, MOST_NAMED).map(({ name, pid }) => `${name}(PID ${pid})`)
  const rest = processes.length - shown.length
  return rest > 0 ? `${shown.join(', ')} 외 ${rest}개` : shown.join(', ')
}
