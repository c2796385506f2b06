import { describe, expect, it } from 'vitest'
import { nodesFromDocument, podsFromDocument } from './pod-documents.ts'

const pod = (name: string) => ({ metadata: { name, uid: name }, spec: { containers: [] } })
const typed = (name: string) => ({ kind: 'Pod', apiVersion: 'v1', ...pod(name) })

describe('podsFromDocument', () => {
  it.each([
    ['a Pod', typed('a'), ['a']],
    ['a PodList, whose items have no kind', { kind: 'PodList', items: [pod('a'), pod('b')] }, ['a', 'b']],
    ['a List', { kind: 'List', items: [typed('a')] }, ['a']],
    [
      'a List of all kinds, as kubectl get all gives it',
      { kind: 'List', items: [{ kind: 'Service' }, typed('a')] },
      ['a'],
    ],
    ['an empty List', { kind: 'List', items: [] }, []],
    ['a List that Go had nothing for', { kind: 'PodList', items: null }, []],
  ])('takes %s', (_name, value, names) => {
    expect(podsFromDocument(value).map(({ name }) => name)).toEqual(names)
  })

  it.each([
    [[typed('a')], 'Expected Pods, got an array.'],
    [undefined, 'Expected Pods, got nothing.'],
    [42, 'Expected Pods, got a number.'],
    [{ kind: 'Deployment' }, 'Expected Pods, got kind Deployment.'],
    [{ kind: 'NodeList', items: [] }, 'Expected Pods, got kind NodeList.'],
    [{ items: [] }, 'Expected Pods, got an object without a kind.'],
    [{ kind: 'List', items: [{ kind: 'Service' }] }, 'Expected Pods, got a list of kind Service without any Pod.'],
    [{ kind: 'List', items: {} }, 'This List cannot be read: items is no list.'],
    [
      { kind: 'PodList', items: [pod('a'), { metadata: {} }] },
      'Pod 2 of the list: This Pod cannot be read: metadata.name',
    ],
  ])('says what is wrong with %j', (value, message) => {
    expect(() => podsFromDocument(value)).toThrow(message)
  })
})

describe('nodesFromDocument', () => {
  it('takes a Node and a list of them', () => {
    const node = { kind: 'Node', metadata: { name: 'n' } }
    expect(nodesFromDocument(node)).toEqual(nodesFromDocument({ kind: 'List', items: [node] }))
    expect(() => nodesFromDocument(typed('a'))).toThrow('Expected Nodes, got kind Pod.')
  })
})
