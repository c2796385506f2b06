import { embedInPng, type Recording } from '@pausescope/shared'

/** How many pixels of a PNG stand for one of the picture. */
export const SCALES = [1, 2, 4] as const
export type Scale = (typeof SCALES)[number]

/** What browsers can hold in one canvas: pixels on a side, and in all. */
const MOST_SIDE = 16_384
const MOST_AREA = 268_435_456

/** Whether a picture of this size can be made at this scale. */
export function fitsCanvas({ width, height }: { width: number; height: number }, scale: Scale): boolean {
  const [w, h] = [Math.ceil(width * scale), Math.ceil(height * scale)]
  return w <= MOST_SIDE && h <= MOST_SIDE && w * h <= MOST_AREA
}

/**
 * Paints an SVG as the browser shows it.
 * @param recording goes into the PNG's metadata; null: none does.
 * @throws Error when the browser cannot.
 */
export async function toPng(
  svg: string,
  size: { width: number; height: number },
  scale: Scale,
  recording: Recording | null,
): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(size.width * scale)
    canvas.height = Math.ceil(size.height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('The browser made no PNG.')
    if (!recording) return blob
    const bytes = embedInPng(new Uint8Array(await blob.arrayBuffer()), recording)
    return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/png' })
  } finally {
    URL.revokeObjectURL(url)
  }
}
