import { Fragment } from 'react'

/** A field of the pod's spec; a long one breaks before a dot, not within a name. */
export function Field({ name }: { name: string }) {
  const [first, ...parts] = name.split(/(?=\.)/)
  return (
    <code>
      {first}
      {parts.map((part) => (
        <Fragment key={part}>
          <wbr />
          {part}
        </Fragment>
      ))}
    </code>
  )
}
