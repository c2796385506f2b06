import { execFileSync } from 'node:child_process'
import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { PrivateNode } from './private-node.ts'

const TYPES = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'] as const

/** The namespaces of a process of the node, read from its links one by one: `{ net: 'net:[4026532399]', … }`. */
export function linksOf(node: PrivateNode, pid: number): Record<(typeof TYPES)[number], string> {
  const links = TYPES.map((type) => [type, readlinkSync(join(node.proc, String(pid), 'ns', type))])
  return Object.fromEntries(links) as Record<(typeof TYPES)[number], string>
}

/** What the real lsns says of a namespace: how many processes, and the lowest PID. */
export type LsnsRow = { nprocs: number; pid: number }

/** lsns's table on the node by kernel spelling; with a process, of its namespaces only. */
export function lsns(node: PrivateNode, pid?: number): Map<string, LsnsRow> {
  const which = pid === undefined ? [] : ['-p', String(pid)]
  const { namespaces } = JSON.parse(runOn(node, 'lsns', '-J', '-o', 'NS,TYPE,NPROCS,PID', ...which)) as {
    namespaces: { ns: number; type: string; nprocs: number; pid: number }[]
  }
  return new Map(namespaces.map(({ ns, type, nprocs, pid }) => [`${type}:[${ns}]`, { nprocs, pid }]))
}

/** Runs a command on the node, as someone logged in there would. @returns what it printed. */
export function runOn(node: PrivateNode, ...command: string[]): string {
  const [program = '', ...args] = [...node.enter, ...command]
  return execFileSync(program, args, { encoding: 'utf8' })
}
