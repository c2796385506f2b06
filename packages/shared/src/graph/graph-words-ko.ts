import { sentencesKo } from '../told/sentences-ko.ts'
import { tell } from '../told/tell.ts'
import type { GraphWords } from './graph-words.ts'
import type { ReasonKey } from './reasons.ts'

const REASONS_KO: Record<ReasonKey, string> = {
  'net-sandbox':
    '파드의 모든 컨테이너는 샌드박스의 네트워크 네임스페이스에 들어갑니다. 주소가 한 벌이고, 서로 localhost로 통신합니다.',
  'net-pause':
    '런타임(containerd, CRI-O)이 파드의 네트워크 네임스페이스를 가장 먼저 만들어 파일(바인드 마운트)로 유지하고, 그다음 그 안에서 pause를 시작합니다.',
  'net-host': '파드가 노드의 네트워크를 요청했습니다. 노드의 주소, 포트, 인터페이스를 그대로 씁니다.',
  'ipc-sandbox':
    '파드의 모든 컨테이너는 샌드박스의 IPC 네임스페이스에 들어갑니다. 메시지 큐와 System V 세마포어, 공유 메모리를 함께 쓸 수 있습니다.',
  'ipc-pause':
    '샌드박스를 만들 때 파드의 IPC 네임스페이스가 생기고, 컨테이너가 생기고 사라지는 동안 샌드박스가 그것을 유지합니다.',
  'ipc-host':
    '파드가 노드의 IPC 네임스페이스를 요청했습니다. 노드 프로세스들의 메시지 큐와 공유 메모리를 쓸 수 있습니다.',
  'uts-sandbox':
    '파드의 모든 컨테이너는 호스트 이름을 담은 샌드박스의 UTS 네임스페이스에 들어갑니다. 어느 컨테이너에서든 hostname은 파드의 이름을 출력합니다.',
  'uts-pause': '샌드박스를 만들 때 파드의 UTS 네임스페이스가 생기고, 그 안에 파드 자신의 호스트 이름이 있습니다.',
  'uts-host':
    '노드의 호스트 이름을 요청하는 필드는 없습니다. containerd는 노드의 네트워크를 쓰는 모든 파드에 노드의 UTS 네임스페이스를 줍니다.',
  'uts-host-crio':
    'CRI-O는 노드의 네트워크를 쓰는 파드에도 UTS 네임스페이스를 만들고 노드의 이름을 복사해 넣습니다. 호스트 이름은 같아도 네임스페이스는 다릅니다.',
  'pid-own': '컨테이너마다 자체 PID 네임스페이스가 있습니다. 자기 프로세스만 보이고, 첫 프로세스가 PID 1입니다.',
  'pid-pause':
    '파드가 PID 네임스페이스를 공유하지 않으므로, pause도 다른 컨테이너처럼 자체 PID 네임스페이스가 있습니다.',
  'pid-shared':
    '파드가 샌드박스의 PID 네임스페이스 하나를 공유합니다. 컨테이너들이 서로의 프로세스를 보고, PID 1은 pause입니다.',
  'pid-shared-pause':
    '파드가 PID 네임스페이스 하나를 공유하고 그 안에서 pause가 PID 1입니다. 부모가 사라진 프로세스가 끝나고 남긴 것(좀비)을 pause가 거둡니다.',
  'pid-host': '파드가 노드의 PID 네임스페이스를 요청했습니다. 노드의 모든 프로세스가 보입니다.',
  'pid-target':
    '임시 컨테이너는 대상 컨테이너의 PID 네임스페이스에 들어가 그 프로세스를 봅니다. 대상의 다른 네임스페이스에는 들어가지 않습니다.',
  'pid-ephemeral': '대상이 없는 임시 컨테이너는 다른 컨테이너처럼 자체 PID 네임스페이스를 받습니다.',
  'mnt-own':
    '컨테이너마다 자체 마운트 네임스페이스가 있고, 이미지의 파일이 루트 폴더가 됩니다. 파드 안에서 이것을 공유하는 것은 없습니다. 볼륨은 파일을 공유할 뿐 네임스페이스를 공유하지 않습니다.',
  'mnt-pause': 'pause는 자체 이미지로 실행되므로, 모든 컨테이너처럼 자체 마운트 네임스페이스가 있습니다.',
  'cgroup-own':
    'cgroup v2에서 특권이 없는 컨테이너는 자체 cgroup 네임스페이스를 받습니다. 그 안에서는 컨테이너 자신의 cgroup이 맨 위처럼 보입니다.',
  'cgroup-privileged':
    '특권 컨테이너는 노드의 cgroup 네임스페이스에 남습니다. 여덟 유형 가운데 privileged가 바꾸는 것은 이것뿐입니다.',
  'cgroup-v1': 'cgroup v1에서는 컨테이너가 노드의 cgroup 네임스페이스에 남습니다. v2에서만 자체의 것을 받습니다.',
  'cgroup-pause':
    '런타임(containerd, CRI-O)은 pause에 자체 cgroup 네임스페이스를 주지 않습니다. cgroup v2에서도 노드의 것에 남습니다.',
  'user-node':
    '파드가 노드의 사용자 네임스페이스를 씁니다. 컨테이너의 root는 노드의 root이며, 특권 컨테이너가 아니면 권한(capability)만 적습니다.',
  'user-pod':
    '파드에 모든 컨테이너가 공유하는 사용자 네임스페이스가 있습니다. 그 안의 root는 노드에서 평범한 사용자입니다.',
  'user-pause':
    '파드는 샌드박스와 함께 사용자 네임스페이스를 받고 pause도 그 안에 있습니다. 그 안의 root는 노드에서 평범한 사용자입니다.',
  'time-node':
    '파드에도, kubelet이 런타임에 요청하는 것(CRI)에도 시간 네임스페이스를 위한 필드가 없습니다. 모든 컨테이너가 노드의 것을 씁니다.',
}

/** Circumstances that are no field of the API. */
const CIRCUMSTANCES: Record<string, string> = {
  always: '항상',
  'cgroup v1 on the node': '노드의 cgroup v1',
}

const STATES = { waiting: '대기 중', terminated: '종료됨', unknown: '알 수 없음' }

/**
 * Every sentence of a graph in Korean. Names stand before a noun, in parentheses or after a colon, so that no particle has to
 * agree with them.
 */
export const graphWordsKo: GraphWords = {
  reason: (key) => REASONS_KO[key],
  field: (field) =>
    CIRCUMSTANCES[field] ?? field.replace(/ not set$/, ' 설정 안 함').replace(/ not (true|false)$/, ' $1 아님'),
  why: {
    unnamed: 'API 서버가 이 컨테이너의 이름을 알려 주지 않아 예측할 근거가 없습니다.',
    undecided:
      '노드의 컨테이너 런타임과 cgroup 버전에 따라 정해지는데, 그것을 알 수 없거나 이 런타임의 방식을 알 수 없습니다.',
    unexplained: (reason) => `스펙으로는 설명되지 않습니다. 스펙의 예측: ${reason}`,
    isolated: (runtime) =>
      `${runtime}: 런타임 자신의 프로세스가 노드에서 있는 곳입니다. 노드에서 보이는 모습은 앱이 보는 것과 다릅니다.`,
  },
  unreadable: {
    denied: '권한이 없습니다. 읽는 쪽에 CAP_SYS_PTRACE가, AppArmor가 있는 노드에서는 Unconfined 프로필이 필요합니다.',
    gone: '프로세스가 끝나 네임스페이스를 떠났고, 부모가 확인하기를 기다리고 있습니다.',
    lacking: '이 노드의 커널에는 이 유형의 네임스페이스가 없습니다.',
  },
  absent: {
    notScanned: '노드를 스캔하지 않았습니다.',
    waiting: (reason) => (reason ? `시작되지 않음: ${reason}.` : '아직 시작되지 않았습니다.'),
    ended: (reason) => (reason ? `종료됨: ${reason}.` : '종료되었습니다.'),
    inside: (runtime) => `노드에서 볼 수 없는 ${runtime} 안에서 실행됩니다.`,
    unseen: 'API 서버는 실행 중이라고 하지만, 스캔에서는 그 프로세스가 보이지 않았습니다.',
    unknown: 'API 서버가 상태를 알려 주지 않습니다.',
  },
  name: {
    isolated: (runtime) => `${runtime} 샌드박스`,
    unknown: (id) => `알려지지 않은 컨테이너 ${id}`,
    thread: (tid, of) => `${of}의 스레드 ${tid}`,
  },
  userFacts: {
    range: (inside, outside, count) => `uid ${inside} → ${outside} (${count}개)`,
    owns: (namespace) => `${namespace} 소유 (측정함)`,
    ownsByRule: '이 안에서 만들어진 것을 소유 (규칙에 따름, 측정하지 않음)',
  },
  finding: {
    isolated: (runtime, evidence) =>
      `이 파드의 런타임은 ${runtime}입니다(${evidence}). 앱과 노드 사이에 별도의 커널이 있어, 노드에서 보이는 모습은 앱이 보는 것과 다릅니다. 그려진 것은 런타임 자신의 프로세스들의 네임스페이스이며, 예측이나 비교는 하지 않습니다.`,
    pause: 'pause',
    container: (name) => `컨테이너 ${name}`,
    place: {
      own: '자체의 것',
      sandbox: '샌드박스의 것',
      node: '노드의 것',
      target: '대상 컨테이너의 것',
    },
    whose: {
      shared: (names) => `함께 있는 것: ${names.join(', ')}`,
      apart: '따로 떨어진 네임스페이스',
      node: '노드의 것',
      pinned: (path) => `유지하는 파일: ${path}`,
      outside: (pods) => `파드 밖에서 유지되는 것${inParentheses(pods)}`,
    },
    differs: ({ who, field, place, type, namespace, whose }) =>
      `${who}: 스펙(${field})이 예측하는 ${type} 네임스페이스는 ${place}이지만, 실제로는 ${namespace} 안에 있습니다(${whose}).`,
    pods: (named, more) => {
      if (more === 0) return named.join(', ')
      if (named.length > 0) return `${named.join(', ')} 외 파드 ${more}개`
      return `API 서버가 이름을 알려 주지 않은 파드 ${more}개`
    },
    podsMeet: (pods, namespaces) =>
      `노드의 것이 아닌데 다른 파드(${pods})와 공유합니다: ${namespaces.join(', ')}. 쿠버네티스는 파드마다 자체의 것을 주므로, 프로세스가 다른 방법(nsenter, setns)으로 들어갔거나 런타임이 잘못한 것입니다.`,
    severalSandboxes: (ids) =>
      `지금 이 파드에는 샌드박스가 ${ids.length}개 있습니다(${ids.join(', ')}). 하나가 교체되는 중이므로 파드의 공유 네임스페이스가 곧 바뀝니다.`,
    pauseMissing: (runtime) =>
      `파드의 컨테이너는 실행 중인데 pause 프로세스가 보이지 않습니다. 런타임 ${runtime}에서 공유 네임스페이스는 이제 컨테이너와 핀이 있는 동안만 유지됩니다.`,
    saidToRun: (name) =>
      `API 서버는 컨테이너 ${name} 상태를 실행 중이라고 하지만, 스캔에서는 그 프로세스가 보이지 않았습니다.`,
    saidToRest: (name, pid, state) =>
      `컨테이너 ${name}에 프로세스 ${pid}번이 있지만, API 서버가 말하는 상태는 다음과 같습니다: ${STATES[state]}.`,
    departure: ({ place, pid, comm, tid, made, namespaces, types }) => {
      const who = tid === undefined ? `프로세스 ${pid}(${comm})` : `프로세스 ${pid}(${comm})의 스레드 ${tid}번`
      const where = namespaces.map(({ key, whose }) => `${key}${inParentheses(whose)}`).join(', ')
      return `${place} 안에서 ${who}: ${made ? '새로 만든' : '들어간'} 네임스페이스는 ${where}입니다. 컨테이너 자체의 ${types.join(', ')} 네임스페이스가 아닙니다.`
    },
    departed: (name) => `컨테이너 ${name}`,
  },
  gap: ({ told, detail }) => tell(sentencesKo, told, detail),
}

function inParentheses(text: string): string {
  return text === '' ? '' : ` (${text})`
}
