import { describe, expect, it } from 'vitest'
import { gapOf } from '../observe/gap-of.ts'
import { english } from '../told/sentences.ts'
import { sentencesKo } from '../told/sentences-ko.ts'
import { told } from '../told/told.ts'
import { graphWords } from './graph-words.ts'
import { graphWordsKo } from './graph-words-ko.ts'
import { REASONS, type ReasonKey } from './reasons.ts'

const korean = /[가-힣]/

describe('the Korean sentences of a graph', () => {
  it('are there for each reason, and end as sentences do', () => {
    for (const key of Object.keys(REASONS) as ReasonKey[]) {
      const text = graphWordsKo.reason(key)
      expect(text, key).toMatch(korean)
      expect(text, key).toMatch(/\.$/)
    }
  })

  it('leave names of fields as they are, and tell circumstances', () => {
    const fields = [...new Set(Object.values(REASONS).map(({ field }) => field))]
    const told = Object.fromEntries(fields.map((field) => [field, graphWordsKo.field(field)]))
    expect(told).toMatchObject({
      always: '항상',
      'spec.hostNetwork: true': 'spec.hostNetwork: true',
      'spec.hostNetwork not set': 'spec.hostNetwork 설정 안 함',
      'spec.hostUsers not false': 'spec.hostUsers false 아님',
      'spec.shareProcessNamespace not true': 'spec.shareProcessNamespace true 아님',
      'cgroup v1 on the node': '노드의 cgroup v1',
    })
    for (const text of Object.values(told)) expect(text).not.toMatch(/ not |always| on the /)
  })

  it('say what a scan says, where it says it without its language', () => {
    const gap = gapOf('argv-ambiguous', 1, told('scan.arguments'))
    expect(graphWords.gap(gap)).toBe(english(told('scan.arguments')))
    expect(graphWordsKo.gap(gap)).toBe(sentencesKo['scan.arguments'])
    expect(graphWordsKo.gap({ ...gap, told: undefined })).toBe(gap.detail)
  })

  it('say of a finding what the English ones say', () => {
    for (const words of [graphWords, graphWordsKo]) {
      const { finding } = words
      const differs = finding.differs({
        who: finding.container('web'),
        field: 'spec.hostPID: true',
        place: finding.place.node,
        type: 'pid',
        namespace: 'pid:[4026531836]',
        whose: finding.whose.outside(finding.pods(['a/b', 'a/c'], 2)),
      })
      for (const part of ['web', 'spec.hostPID: true', 'pid:[4026531836]', 'a/b', 'a/c', '2']) {
        expect(differs).toContain(part)
      }
      const departure = finding.departure({
        place: finding.departed('web'),
        pid: 41,
        comm: 'sh',
        tid: 43,
        made: false,
        namespaces: [{ key: 'net:[4026531840]', whose: finding.whose.node }],
        types: ['net'],
      })
      for (const part of ['web', '41', 'sh', '43', 'net:[4026531840]', finding.whose.node]) {
        expect(departure).toContain(part)
      }
    }
  })
})
