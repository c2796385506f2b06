import type { frameSentences } from '../en/frame.ts'

export const frameSentencesKo: Record<keyof typeof frameSentences, string> = {
  'frame.single-pods': '이 기록에는 노드 {node}의 파드가 따로따로 있을 뿐, 노드 전체는 없습니다.',
  'frame.single-pods-next': '파드를 하나씩 열거나, 노드를 다시 기록하세요.',
  'frame.no-evidence': '이 기록에는 파드 {pod}의 네임스페이스 안을 측정한 결과가 없습니다.',
  'frame.no-evidence-next': '이 Pausescope에서 측정 결과를 본 다음 기록을 저장하세요.',
}
