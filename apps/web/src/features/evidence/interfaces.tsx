import { type InterfaceAddress, type NetworkInterface, visibleText } from '@pausescope/shared'
import { type InsideText, useInsideText } from '../../i18n/use-inside-text.ts'
import styles from './evidence.module.css'

/** Each interface with its state, hardware address and addresses. */
export function Interfaces({
  interfaces,
  others,
}: {
  interfaces: readonly NetworkInterface[]
  /** Addresses of which it is not known whose they are. */
  others: readonly InterfaceAddress[]
}) {
  const t = useInsideText()
  if (interfaces.length + others.length === 0) return <p className={styles.quiet}>{t.inside.none}</p>
  return (
    <ul className={styles.interfaces}>
      {interfaces.map((one) => (
        <li key={`${one.index} ${one.name}`}>
          <p className={styles.interface}>
            <code>
              <b>{visibleText(one.name)}</b>
            </code>
            {one.state !== null && (
              <span className={styles.state} data-up={one.state === 'up' || undefined}>
                {one.state}
              </span>
            )}
            {one.kind !== null && <span>{one.kind}</span>}
          </p>
          {one.addresses.length === 0 && <p className={styles.quiet}>{t.network.noAddress}</p>}
          {one.addresses.map((own) => (
            <Address key={own.address} address={own} />
          ))}
          <p className={styles.quiet}>{factsOf(t, one).join(' · ')}</p>
        </li>
      ))}
      {others.length > 0 && (
        <li>
          <p className={styles.quiet}>{t.network.others}</p>
          {others.map((other) => (
            <Address key={other.address} address={other} />
          ))}
        </li>
      )}
    </ul>
  )
}

function Address({ address: { address, prefix, scope } }: { address: InterfaceAddress }) {
  const t = useInsideText()
  return (
    <p className={styles.interfaceAddress}>
      <code>
        {address}
        {prefix !== null && `/${prefix}`}
      </code>
      <span>{t.network.scopes[scope]}</span>
    </p>
  )
}

function factsOf(t: InsideText, { index, mac, mtu, peer }: NetworkInterface): string[] {
  return [
    mac !== null && `MAC ${mac}`,
    mtu !== null && `MTU ${mtu}`,
    index !== null && t.network.index(index),
    peer && t.network.peer(peer.index, peer.nodeName === null ? null : visibleText(peer.nodeName)),
  ].filter((fact): fact is string => typeof fact === 'string')
}
