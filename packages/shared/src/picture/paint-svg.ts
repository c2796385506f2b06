import { recordingElement } from '../embed/recording-in-svg.ts'
import type { Recording } from '../model/recording.ts'
import type { Scene, SceneNode, ScenePaint, SceneRef, SceneText } from './scene.ts'
import { SCENE_FONTS } from './scene-fonts.ts'
import { visibleText } from './visible-text.ts'

/**
 * Paints a scene as an SVG document of its own: no style sheet, no script, no reference to anything outside.
 * @param recording what the picture carries with it, for `recordingFromSvg`.
 */
export function paintSvg(scene: Scene, recording: Recording | null = null): string {
  const size = `${number(scene.width)} ${number(scene.height)}`
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" width="${number(scene.width)}" height="${number(scene.height)}" role="img" aria-label="${xml(scene.title)}" font-family="${xml(SCENE_FONTS.sans)}" stroke-linejoin="round" stroke-linecap="butt">`,
    ...(recording === null ? [] : [recordingElement(recording)]),
    `<title>${xml(scene.title)}</title>`,
    `<desc>${xml(scene.description)}</desc>`,
    ...(scene.background === null
      ? []
      : [`<rect width="${number(scene.width)}" height="${number(scene.height)}" fill="${scene.background}"/>`]),
    ...scene.children.map(paintNode),
    '</svg>',
  ].join('\n')}\n`
}

function paintNode(node: SceneNode): string {
  switch (node.kind) {
    case 'group': {
      const title = node.label === null ? '' : `<title>${xml(node.label)}</title>`
      return `<g${node.ref ? attribute('data-ref', refText(node.ref)) : ''}>${title}${node.children.map(paintNode).join('\n')}</g>`
    }
    case 'rect':
      return `<rect x="${number(node.x)}" y="${number(node.y)}" width="${number(node.width)}" height="${number(node.height)}" rx="${number(node.rx)}"${paint(node)}/>`
    case 'circle':
      return `<circle cx="${number(node.cx)}" cy="${number(node.cy)}" r="${number(node.r)}"${paint(node)}/>`
    case 'path':
      return `<path d="${xml(node.d)}"${paint(node)}/>`
    case 'text':
      return paintText(node)
  }
}

function paintText(node: SceneText): string {
  const title = node.full === undefined ? '' : `<title>${xml(node.full)}</title>`
  const family = node.family === 'mono' ? attribute('font-family', SCENE_FONTS.mono) : ''
  const anchor = node.anchor === 'start' ? '' : attribute('text-anchor', node.anchor)
  return `<text x="${number(node.x)}" y="${number(node.y)}" font-size="${number(node.size)}" font-weight="${node.weight}" fill="${node.fill}"${family}${anchor}>${xml(node.text)}${title}</text>`
}

function paint(node: ScenePaint): string {
  return [
    attribute('fill', node.fill ?? 'none'),
    node.fillOpacity === undefined ? '' : attribute('fill-opacity', number(node.fillOpacity)),
    node.stroke === undefined ? '' : attribute('stroke', node.stroke),
    node.strokeWidth === undefined ? '' : attribute('stroke-width', number(node.strokeWidth)),
    node.strokeOpacity === undefined ? '' : attribute('stroke-opacity', number(node.strokeOpacity)),
    node.dash === undefined ? '' : attribute('stroke-dasharray', node.dash),
  ].join('')
}

/** `container KEY`, `namespace KEY` or `link CONTAINER NAMESPACE`, for tests and for scripts over exported pictures. */
function refText(ref: SceneRef): string {
  return ref.kind === 'link' ? `link ${ref.container} ${ref.namespace}` : `${ref.kind} ${ref.key}`
}

function attribute(name: string, value: string): string {
  return ` ${name}="${xml(value)}"`
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

function xml(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (char) => ESCAPES[char] as string)
}

/** Two decimals and no exponent: enough for a pixel, the same on every machine. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100)
}
