import { NAMESPACE_TYPES } from '../../model/namespace-type.ts'
import type { PictureWords } from './en.ts'

/** Every text of the picture in Korean. Particles that depend on the letter before them are avoided after names. */
export const pictureWordsKo: PictureWords = {
  title: (pod) => `파드 ${pod}의 Linux 네임스페이스`,
  subtitle: {
    cluster: (name) => `클러스터 ${name}`,
    node: (name) => `노드 ${name}`,
    cgroup: (version) => `cgroup ${version}`,
    kubernetes: (version) => `Kubernetes ${version}`,
    noNode: '아직 노드에 배치되지 않음',
    runtimeClass: (name) => `런타임 클래스 ${name}`,
    isolation: (runtime) => `${runtime}: 노드에서 보이는 것은 앱이 보는 것과 다름`,
  },
  columns: {
    own: '컨테이너와 저마다의 것',
    unscanned: 'API 서버가 알려 준 컨테이너',
    pod: '파드가 공유하는 것',
    foreign: '파드 밖과도 공유하는 것',
    node: '노드의 것',
  },
  nested: {
    node: (name) => `노드 ${name}`,
    pod: (name) => `파드 ${name}`,
    pods: '파드의 것',
    foreign: '파드 밖과',
    nodes: '노드의 것',
    legend: {
      filled: '채움: 파드의 것.',
      outlined: '테두리: 컨테이너 혼자 씀.',
      equal: '컨테이너마다 종류별로 속한 네임스페이스를 적었고, 같은 표시는 같은 inode입니다.',
    },
  },
  kinds: {
    sandbox: '샌드박스',
    init: '초기화 컨테이너',
    sidecar: '네이티브 사이드카',
    app: null,
    ephemeral: '임시 컨테이너',
    unknown: 'API 서버가 이름을 알려 주지 않음',
  },
  pid: (pid) => `PID ${pid}`,
  restarts: (count) => `재시작 ${count}회`,
  lastExit: (reason, exitCode) => `직전 종료: ${endText(reason, exitCode)}`,
  state: {
    running: '실행 중',
    runningUnseen: 'API 서버에 따르면 실행 중',
    waiting: (reason) => (reason ? `대기 중: ${reason}` : '대기 중'),
    finished: '완료, 종료 코드 0',
    crashed: endText,
    unknown: '상태를 알 수 없음',
    noProcess: '프로세스가 없어 속한 네임스페이스도 없음',
    unseen: '프로세스가 보이지 않았음',
    inside: (runtime) => `${runtime} 안에서 실행 중`,
    insideNote: '노드에서는 보이지 않음',
    notScanned: '네임스페이스를 읽지 않음',
  },
  held: {
    pause: (pid) => `pause가 유지, PID ${pid}`,
    pauseNote: 'pause가 살아 있는 동안 유지됩니다. 컨테이너가 죽어도 남습니다.',
    pin: (runtime) => `핀으로 유지: ${runtime ?? '런타임'}`,
    noPause: 'pause 프로세스 없음',
    pinNote: '핀(바인드 마운트)이 유지합니다. 컨테이너가 죽어도 남습니다.',
    process: (name, pid) => `프로세스가 유지: ${name}, PID ${pid}`,
    processNote: '속한 프로세스가 모두 끝나면 사라집니다.',
    unseen: '무엇이 유지하는지 이 스캔에서는 보이지 않음',
    node: '노드가 유지',
    perhapsNode: '노드의 것일 수도 있으나 확인할 수 없음',
  },
  alsoPinned: '핀의 위치:',
  sandboxId: (id) => `샌드박스 ${id.slice(0, 12)}`,
  someMembers: (members, all) => `컨테이너 ${all}개 중 ${members}개`,
  foreignNote: '노드의 것은 아니지만 이 파드 밖의 프로세스도 속해 있습니다.',
  foreignNoteUnsure:
    '이 파드 밖의 프로세스가 먼저 속해 있었습니다. 노드의 네임스페이스를 알 수 없으므로 노드의 것일 수도 있습니다.',
  nodeNoteLent: (node) => `머신이 시작할 때의 것으로, PID 2에서 읽었습니다. ${node}의 PID 1은 읽을 수 없었습니다.`,
  nodeNote: (node) => `${node}의 PID 1이 속한 것으로, 따로 받지 못하면 누구나 여기에 속합니다.`,
  others: (processes, pods) =>
    pods === 0 ? [`그 밖의 프로세스 ${processes}개`] : [`그 밖의 프로세스 ${processes}개,`, `다른 파드 ${pods}개`],
  fact: (type, fact) => (type === 'uts' ? `호스트 이름 ${fact}` : fact),
  nothingShared: '없음: 이 파드의 컨테이너끼리 공유하는 네임스페이스가 없습니다.',
  nothingAlive: '없음: 프로세스가 있는 컨테이너가 없습니다.',
  nodeUnknown: '알 수 없음: PID 1을 읽을 수 없었습니다.',
  nothingOfNode: '없음: 노드의 네임스페이스에 속한 컨테이너가 없습니다.',
  madeInside: (who) => `안에서 만든 프로세스: ${who}`,
  madeInsideUnknown: '알 수 없음',
  unreadable: (types) =>
    types.length === NAMESPACE_TYPES.length
      ? '네임스페이스를 하나도 읽을 수 없었음'
      : `읽을 수 없었음: ${types.join(', ')}`,
  notScannedTitle: '노드를 스캔하지 못했습니다',
  notScanned:
    '컨테이너는 API 서버가 알려 준 대로 그렸습니다. 어느 네임스페이스에 속하는지 알 수 없으므로 네임스페이스는 그리지 않았습니다.',
  legend: {
    solid: '실선: 이 파드의 것.',
    dashed: '파선: 노드의 것.',
    dotted: '점선: 파드 밖과도 공유.',
    fresh: '더하기: 앞 순간 이후 새로 생김.',
    equal: '두 컨테이너가 한 네임스페이스에서 만나는 것은 커널이 둘에게 같은 inode를 주었기 때문입니다.',
    measured: '추측이 아니라 노드에서 측정한 것입니다.',
  },
  noFindings: '발견: 없음. 모두 파드의 스펙이 예측한 대로입니다.',
  noFindingsInPart: '발견: 읽을 수 있었던 것 가운데는 없음.',
  gaps: '읽지 못한 것',
  label: {
    container: (name, kind, state, place) => `${kind} ${name}, ${state}, ${place}`,
    containerWord: '컨테이너',
    inNamespaces: (count) => `네임스페이스 ${count}개에 속함`,
    own: (container) => `${container} 혼자 씀`,
    nested: (container, who) => `${container} 안에서 만든 프로세스: ${who}`,
    pod: (members) => (members === 1 ? '파드의 것, 컨테이너 1개가 속함' : `파드의 컨테이너 ${members}개가 공유`),
    foreign: (members) => `파드의 컨테이너 ${members}개와 파드 밖의 프로세스가 공유`,
    node: (members) => `노드의 것, 파드의 컨테이너 ${members}개가 속함`,
    link: (container, namespace) => `컨테이너 ${container}, 속한 네임스페이스 ${namespace}`,
    finding: (number) => `발견 ${number}`,
    fresh: '새것',
  },
  describe: {
    opening: (pod, where) => `파드 ${pod}의 컨테이너와 네임스페이스: ${where}.`,
    own: (container, namespaces) => `${container} 혼자 쓰는 것: ${namespaces}.`,
    shared: (namespace, members) => `${namespace}: ${members}.`,
  },
}

/** `OOMKilled, 종료 코드 137` */
function endText(reason: string | null, exitCode: number | null): string {
  return [reason ?? '종료됨', exitCode === null ? '종료 코드 알 수 없음' : `종료 코드 ${exitCode}`].join(', ')
}
