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
