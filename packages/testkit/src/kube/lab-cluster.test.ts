import { existsSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildBigNode } from './big-node.ts'
import { addCapture, startLabCluster } from './lab-cluster.ts'
import { bodyOf, call, exec } from './test-client.ts'

test('the captured nodes, each with its own processes', async () => {
  const lab = await startLabCluster()
  const nodes = await bodyOf<{ items: { metadata: { name: string } }[] }>(await call(lab, '/api/v1/nodes'))
  expect(nodes.items.map(({ metadata }) => metadata.name)).toEqual(['node1', 'node3', 'node4'])
  const read = async (pod: string) => (await exec(lab, pod, ['sh', '-c', 'cat $0/1/comm', '/proc'])).stdout
  expect(await read('grab/grab-node3')).toBe('systemd\n')
  expect(await read('grab/grab-node1')).toBe('kubelet\n')
  await lab.close()
})

test('a later capture of a node takes the place of the one before', async () => {
  const lab = await startLabCluster({ captures: ['node3-containerd-cgroup2'] })
  const containers = () => JSON.stringify(lab.getPod('lab-v2', 'myweb2')?.status.containerStatuses)
  const before = { containers: containers(), uid: lab.getPod('lab-v2', 'myweb2')?.metadata.uid }
  addCapture(lab, 'node3-after-restart')
  expect(lab.getPod('lab-v2', 'myweb2')?.metadata.uid).toBe(before.uid)
  expect(containers()).not.toBe(before.containers)
  await lab.close()
})

test('a big node has as many processes as asked for, and goes with its cluster', async () => {
  const lab = await startLabCluster({ captures: [], bigNode: 45 })
  expect(lab.pods().map(({ metadata }) => metadata.name)).toEqual(['web-0000', 'web-0001', 'web-0002'])
  const { stdout } = await exec(lab, 'big/web-0000', ['sh', '-c', 'cd $0; echo $PWD; ls -d [0-9]* | wc -l', '/proc'])
  const [procRoot = '', count] = stdout.trim().split('\n')
  expect(Number(count)).toBe(45)
  await lab.close()
  expect(existsSync(procRoot)).toBe(false)
})

test('the processes of a pod on a big node are in the namespaces that pods share', () => {
  const big = buildBigNode('big', 5)
  const link = (pid: number, type: string) => readlinkSync(join(big.procRoot, String(pid), 'ns', type))
  const [node, pause, nginx, worker] = [1, 2, 3, 4] as const
  for (const type of ['net', 'ipc', 'uts']) {
    expect(link(pause, type)).toBe(link(nginx, type))
    expect(link(pause, type)).not.toBe(link(node, type))
  }
  for (const type of ['mnt', 'pid']) {
    expect(link(pause, type)).not.toBe(link(nginx, type))
    expect(link(nginx, type)).toBe(link(worker, type))
  }
  expect(link(pause, 'cgroup')).toBe(link(node, 'cgroup'))
  expect(link(nginx, 'cgroup')).not.toBe(link(node, 'cgroup'))
  big.remove()
  expect(existsSync(big.procRoot)).toBe(false)
})
