import { type IpcEvidence, ipcsText, type PodEvidence, sysvKey, visibleText } from '@pausescope/shared'
import type { ReactNode } from 'react'
import { type InsideText, useInsideText } from '../../i18n/use-inside-text.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './evidence.module.css'
import { Gaps } from './gaps.tsx'
import { Measured } from './measured.tsx'
import { Part } from './part.tsx'

/** System V and POSIX objects of an ipc namespace. */
export function IpcObjects({ evidence, inode }: { evidence: PodEvidence; inode: number }) {
  const t = useInsideText()
  const found = evidence.ipcs.find(({ id }) => id.inode === inode)
  if (!found) return null
  const { sysv, posix, gaps, pid } = found
  return (
    <>
      <Gaps gaps={gaps} />
      {sysv &&
        tablesOf(t, sysv).map((table, index) => (
          <Objects
            key={table.title}
            {...table}
            side={index === 0 && <CopyButton text={ipcsText(sysv)} label={t.inside.copyAs('ipcs')} />}
          />
        ))}
      {posix && (
        <Objects
          title={t.ipcs.posix}
          head={[t.ipcs.name, t.ipcs.kind, t.ipcs.user, t.ipcs.size]}
          rows={posix.map(({ kind, name, uid, bytes }) => [
            <code key="name">{visibleText(name)}</code>,
            t.ipcs.kinds[kind],
            uid,
            bytes === null ? '' : t.ipcs.bytes(bytes),
          ])}
        />
      )}
      <Measured evidence={evidence} pid={pid} />
    </>
  )
}

type Table = { title: string; head: readonly string[]; rows: readonly (readonly ReactNode[])[] }

function tablesOf(t: InsideText, { shm, sem, msg }: NonNullable<IpcEvidence['sysv']>): Table[] {
  const { key, id, user, perms, size, attached, count, messages } = t.ipcs
  const first = (one: { key: number; id: number; uid: number; perms: string }) => [
    <code key="key">{sysvKey(one.key)}</code>,
    one.id,
    one.uid,
    one.perms,
  ]
  return [
    {
      title: t.ipcs.shm,
      head: [key, id, user, perms, size, attached],
      rows: shm.map((one) => [...first(one), t.ipcs.bytes(one.bytes), one.attached]),
    },
    { title: t.ipcs.sem, head: [key, id, user, perms, count], rows: sem.map((one) => [...first(one), one.semaphores]) },
    {
      title: t.ipcs.msg,
      head: [key, id, user, perms, size, messages],
      rows: msg.map((one) => [...first(one), t.ipcs.bytes(one.bytes), one.messages]),
    },
  ]
}

function Objects({ title, head, rows, side }: Table & { side?: ReactNode }) {
  const t = useInsideText()
  return (
    <Part title={title} side={side}>
      {rows.length === 0 ? (
        <p className={styles.quiet}>{t.inside.none}</p>
      ) : (
        <table className={styles.table}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and keep their order
              <tr key={row}>
                {cells.map((cell, column) => (
                  <td key={head[column]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  )
}
