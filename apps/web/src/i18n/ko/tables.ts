import type { TablesTexts } from '../en/tables.ts'

export const tables: TablesTexts = {
  table: {
    caption: (pod) => `파드 ${pod}의 컨테이너별 네임스페이스`,
    explain:
      '한 열에서 글자가 같으면 inode가 같습니다. 곧 같은 네임스페이스입니다. 글자가 없으면 그 컨테이너만의 것이고, 점선은 노드의 것입니다.',
    container: '컨테이너',
    shared: '공유,',
    fresh: '새것',
    differs: '스펙과 다름',
    own: '자체',
    node: '노드',
    foreign: '파드 밖',
    unread: '읽지 못함',
    absent: '프로세스 없음',
    sandbox: '샌드박스',
  },
  nodeTable: {
    node: '노드 자신의 네임스페이스',
    pods: '파드와 그 컨테이너들이 있는 네임스페이스',
    explain: 'pause는 뺐습니다. 그림과 같은 그룹으로 나누었고, 화살표 키로 파드 사이를 옮겨 다닙니다.',
    shared: '여러 파드가 공유하는 것',
    pinned: '남은 것: 프로세스 없이 핀(네임스페이스를 마운트해 둔 파일)으로만 유지됨',
    ofNoPod: '파드에도 컨테이너에도 속하지 않은 프로세스의 것(노드의 서비스 등)',
    none: '없습니다.',
    columns: {
      namespace: '네임스페이스',
      processes: '프로세스',
      pods: '안에 있는 파드',
      lowest: '가장 낮은 PID',
      pins: '고정된 곳',
      others: '같은 종류의 다른 것',
      pod: '파드',
    },
    more: (count) => `그 밖에 ${count}개`,
    scopes: { own: '자체', pod: '파드', node: '노드', foreign: '파드 밖' },
    behind: (runtime, evidence) => `${runtime} 안에서 실행(${evidence}): 노드에서는 안을 볼 수 없습니다`,
  },
  kind: {
    sandbox: '샌드박스',
    init: '초기화 컨테이너',
    sidecar: '사이드카',
    app: '컨테이너',
    ephemeral: '임시 컨테이너',
    unknown: 'API 서버가 이름을 알려 주지 않은 컨테이너',
  },
  state: {
    running: (since) => (since ? `${since}부터 실행 중` : '실행 중'),
    waiting: (reason) => (reason ? `대기: ${reason}` : '대기'),
    terminated: (reason, code, at) =>
      [reason ?? '종료됨', code === null ? null : `종료 코드 ${code}`, at].filter(Boolean).join(', '),
    unknown: '알 수 없음',
  },
}
