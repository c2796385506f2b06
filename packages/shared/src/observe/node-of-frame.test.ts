import { expect, test } from 'vitest'
import type { Frame } from '../model/recording.ts'
import { CONTEXT } from '../test/domain-builders.ts'
import { buildNode, observeBuilt } from '../test/node-builder.ts'
import { nodeOfFrame, nodesOfFrame } from './node-of-frame.ts'
import { observeNode } from './observe.ts'
import { indexScan } from './scan-index.ts'
import { summarizeNodes } from './summarize-nodes.ts'

const built = buildNode(3)
const observations = observeNode(indexScan(built.scan, built.pods), CONTEXT)
const frame: Frame = { at: CONTEXT.at, caption: null, observations }

test('a node that was recorded whole is there whole', () => {
  const whole = observeBuilt(built)
  const recorded = { ...frame, observations: observations.slice(0, 1), nodes: [whole] }
  expect(nodeOfFrame(recorded, 'node1')).toEqual({ observation: whole, problem: null })
  expect(nodesOfFrame(recorded)).toEqual([{ name: 'node1', ready: true, runtime: 'containerd 2.1.9', pods: 3 }])
})

test('of a node that was not, the pods are there and it is said why no more is', () => {
  const reply = nodeOfFrame(frame, 'node1')
  expect(reply?.observation).toMatchObject({ scanned: false, namespaces: [], node: { name: 'node1' } })
  expect(reply?.observation.pods).toHaveLength(3)
  expect(reply?.problem).toMatchObject({ code: 'not-recorded' })
  expect(nodesOfFrame(frame)).toMatchObject([{ name: 'node1', pods: 3 }])
  expect(nodeOfFrame(frame, 'node2')).toBeNull()
})

test('nodes that only pods speak of are listed without facts', () => {
  expect(summarizeNodes([CONTEXT.node], [{ nodeName: 'a' }, { nodeName: null }, { nodeName: 'node1' }])).toEqual([
    { name: 'a', ready: null, runtime: null, pods: 1 },
    { name: 'node1', ready: true, runtime: 'containerd 2.1.9', pods: 1 },
  ])
})
