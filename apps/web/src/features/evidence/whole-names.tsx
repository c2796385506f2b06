import { Fragment } from 'react'
import styles from './evidence.module.css'

/** A sentence in which `net:[4026532399]` and addresses with a port are not torn at the end of a line. */
export function WholeNames({ text }: { text: string }) {
  return text.split(/([a-z]+:\[\d+\]|\S*:\d+)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence, in its order
      <span key={index} className={styles.whole}>
        {part}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <Fragment key={index}>{part}</Fragment>
    ),
  )
}
