import { type NetworkRoute, visibleText } from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import styles from './evidence.module.css'

/** Where packets go, as `ip route` has it. */
export function Routes({ routes }: { routes: readonly NetworkRoute[] }) {
  const t = useInsideText()
  if (routes.length === 0) return <p className={styles.quiet}>{t.inside.none}</p>
  return (
    <table className={`${styles.table} ${styles.routes}`}>
      <caption className="visually-hidden">{t.network.routes}</caption>
      <thead>
        <tr>
          <th scope="col">{t.network.destination}</th>
          <th scope="col">{t.network.gateway}</th>
          <th scope="col">{t.network.device}</th>
        </tr>
      </thead>
      <tbody>
        {routes.map(({ family, destination, gateway, interface: device, metric, rejects }) => (
          <tr key={`${family} ${destination} ${gateway} ${device} ${metric}`}>
            <td>
              <code>{destination}</code>
            </td>
            <td>{gateway === null ? rejects ? t.network.rejects : t.network.direct : <code>{gateway}</code>}</td>
            <td>
              <code>{visibleText(device)}</code>
              {metric > 0 && <span className={styles.metric}>{t.network.metric(metric)}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
