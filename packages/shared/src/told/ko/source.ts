import type { sourceSentences } from '../en/source.ts'

export const sourceSentencesKo: Record<keyof typeof sourceSentences, string> = {
  'source.live': '컨텍스트 "{context}"의 클러스터({server})에서 실시간으로 봅니다.',
  'source.pods-unread': '읽을 수 없어 뺀 파드: {count}개.',
  'source.recording': '기록 파일 {file}의 내용입니다. 클러스터에는 묻지 않습니다.',
  'source.no-cluster': '클러스터가 없어 기록을 보여 줍니다. {cause}',
  'source.static': '기록을 보여 줍니다. 이 페이지에는 서버도 클러스터도 없습니다.',
  quoted: '{text}',
  both: '{first} {second}',
}
