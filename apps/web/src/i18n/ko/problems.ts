import { sentencesKo, tell } from '@pausescope/shared'
import type { ProblemsTexts } from '../en/problems.ts'

/** What each problem means; the server's own words, in English, follow. */
const TOLD: Record<string, string> = {
  'helper-needed': '노드의 /proc을 읽을 헬퍼 파드가 아직 없습니다.',
  'helper-creating': '헬퍼 파드가 준비되기를 기다리고 있습니다.',
  'helper-failed': '헬퍼 파드를 만들거나 시작할 수 없었습니다.',
  forbidden: 'API 서버가 이 작업을 허용하지 않았습니다.',
  'cluster-unreachable': '쿠버네티스 API 서버에 연결할 수 없습니다.',
  'node-unreachable': '노드의 kubelet에 연결할 수 없습니다.',
  'scan-failed': '헬퍼가 노드를 읽다가 실패했습니다.',
  stale: '새로 스캔할 수 없어 마지막으로 읽은 모습을 보여 줍니다.',
  'not-scheduled': '파드가 아직 노드에 배정되지 않았습니다.',
  'pod-gone': '파드가 삭제되었습니다.',
  'pod-not-found': '클러스터에 이 파드가 없습니다.',
  windows: 'Windows 노드에는 리눅스 네임스페이스가 없습니다.',
  'token-needed': '이 서버는 토큰을 가진 브라우저와 프로그램에만 응답합니다.',
  'not-recorded': '이 기록에는 노드의 파드가 따로따로 있을 뿐, 노드 전체는 없습니다.',
}

const ADVICE: Record<string, string> = {
  'helper-needed': '매니페스트를 읽고 동의하세요. 헬퍼는 서버가 멈출 때 지워집니다.',
  'helper-creating': '잠시 기다리세요.',
  'not-scheduled': 'kubectl describe pod로 파드의 이벤트를 확인하세요.',
  'pod-gone': '다른 파드를 고르세요.',
  'pod-not-found': '삭제되었을 수 있습니다. 다른 파드를 고르세요.',
  'token-needed': '서버를 시작할 때 터미널에 출력된 주소를 여세요.',
  'not-recorded': '파드를 하나씩 열거나, 노드를 다시 기록하세요.',
}

export const problems: ProblemsTexts = {
  tell: (told, english) => tell(sentencesKo, told, english),
  problem: {
    titles: {
      'helper-needed': '이 노드는 아직 읽지 않았습니다',
      'helper-creating': '헬퍼를 시작하고 있습니다',
      'helper-failed': '헬퍼가 시작되지 않았습니다',
      forbidden: '권한이 없습니다',
      'cluster-unreachable': 'API 서버가 응답하지 않습니다',
      'node-unreachable': '노드에 연결할 수 없습니다',
      'scan-failed': '노드를 읽을 수 없었습니다',
      stale: '최신이 아님',
      'not-scheduled': '이 파드에는 아직 노드가 없습니다',
      'pod-gone': '이 파드는 사라졌습니다',
      'pod-not-found': '이 파드는 사라졌습니다',
      windows: 'Windows 파드',
      'not-recorded': '노드 전체는 기록되지 않았습니다',
      'token-needed': '이 페이지에는 서버의 토큰이 없습니다',
      unreachable: '서버가 응답하지 않습니다',
      malformed: '서버의 응답을 이해하지 못했습니다',
    },
    other: '문제가 생겼습니다',
    told: (code, message) => [TOLD[code], message].filter(Boolean).join(' '),
    advice: (code, next) => ADVICE[code] ?? next,
    seenAt: (at) => `보이는 것은 ${at}의 모습입니다.`,
    withoutScan: 'API 서버가 알려 준 것뿐입니다. 컨테이너와 그 상태만 알고 네임스페이스는 모릅니다.',
    unreachable: '페이지가 Pausescope 서버의 응답을 받지 못했습니다.',
    unreachableNext: '“npm start”로 다시 시작하거나, 서버의 터미널에서 이유를 확인하세요.',
    malformed: (what) => `${what}에 대한 응답이 약속된 형식이 아닙니다.`,
    malformedNext: '페이지와 서버의 버전이 다를 수 있습니다. 페이지를 새로 고치세요.',
    retry: '다시 시도',
    goneNext: '목록에서 다른 파드를 고르세요.',
  },
  helper: {
    open: '이 노드 읽기…',
    why: '네임스페이스는 노드의 커널에 있는 사실입니다. 읽으려면 작은 헬퍼 파드를 그 노드에서 실행해야 합니다.',
    title: (node) => `노드 ${node}에서 헬퍼를 시작할까요?`,
    intro: 'Pausescope는 아래에 보이는 것만 만들고, 그것을 통해 /proc을 읽으며, 서버가 멈출 때 지웁니다.',
    manifest: '만들어질 것',
    agree: '동의하고 시작',
    cancel: '나중에',
    close: '닫기',
    retry: '다시 시도',
    creating: '헬퍼를 시작하고 있습니다. 몇 초 걸립니다.',
    loading: '만들어질 것을 불러오는 중',
    failed: '헬퍼가 시작되지 않았습니다.',
  },
}
