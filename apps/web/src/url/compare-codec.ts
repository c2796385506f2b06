/** `pod`: `namespace/name`; `frame`: index of the recording's moment, 0 for a live pod. */
export type Compared = { pod: string; frame: number }

/** `lab/web` or, at a later moment, `lab/web@2`; moments count from 1 as in `frame`. */
export function encodeCompared({ pod, frame }: Compared): string {
  return `${pod}@${frame + 1}`
}

/** What it does not understand is none. */
export function decodeCompared(text: string | null): Compared | null {
  const [, pod, moment = '1'] = /^([^/]+\/.+?)(?:@([1-9]\d{0,3}))?$/s.exec(text ?? '') ?? []
  return pod === undefined ? null : { pod, frame: Number(moment) - 1 }
}
