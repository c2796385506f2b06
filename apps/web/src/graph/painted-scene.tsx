import {
  SCENE_FONTS,
  type Scene,
  type SceneGroup,
  type SceneNode,
  type ScenePaint,
  type SceneRef,
  visibleText,
} from '@pausescope/shared'
import { memo, type ReactNode } from 'react'
import { refId } from './ref-id.ts'

/**
 * The scene's shapes with the attributes paintSvg writes. What is pointed at, selected or traced is told by attributes
 * set from outside, so that moving the pointer paints nothing anew.
 */
export const PaintedScene = memo(function PaintedScene({ scene }: { scene: Scene }) {
  return <g>{paintAll(scene.children)}</g>
})

function paintAll(nodes: readonly SceneNode[]): ReactNode[] {
  return nodes.map((node, index) => paintNode(node, node.kind === 'group' && node.ref ? refId(node.ref) : index))
}

function paintNode(node: SceneNode, key: string | number): ReactNode {
  switch (node.kind) {
    case 'group':
      return node.ref ? <PaintedRef key={key} group={node} of={node.ref} /> : <g key={key}>{paintAll(node.children)}</g>
    case 'rect':
      return (
        <rect key={key} x={node.x} y={node.y} width={node.width} height={node.height} rx={node.rx} {...paint(node)} />
      )
    case 'circle':
      return <circle key={key} cx={node.cx} cy={node.cy} r={node.r} {...paint(node)} />
    case 'path':
      return <path key={key} d={node.d} {...paint(node)} />
    case 'text':
      return (
        <text
          key={key}
          x={node.x}
          y={node.y}
          fontSize={node.size}
          fontWeight={node.weight}
          fontFamily={SCENE_FONTS[node.family]}
          fill={node.fill}
          textAnchor={node.anchor}
        >
          {visibleText(node.text)}
          {node.full !== undefined && <title>{visibleText(node.full)}</title>}
        </text>
      )
  }
}

/**
 * A thing to point at: its shapes, which its label tells to those who hear the page, and over them the control. What lies
 * in it stands beside it in the page: a control must not hold another one.
 */
function PaintedRef({ group, of }: { group: SceneGroup; of: SceneRef }) {
  const inner: SceneNode[] = []
  const shapes = withoutRefs(group.children, inner)
  return (
    <>
      <g data-ref={refId(of)} data-kind={of.kind}>
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: shapes cannot have the focus */}
        <g aria-hidden="true">{paintAll(shapes)}</g>
        <Control shapes={shapes} label={visibleText(group.label ?? '')} />
      </g>
      {paintAll(inner)}
    </>
  )
}

/** How far beside a line it can still be hit, in CSS pixels of the scene. */
const LINE_REACH = 4

/** As large as the box of the thing, or along its line. Its tooltip has in full what was shortened. */
function Control({ shapes, label }: { shapes: readonly SceneNode[]; label: string }) {
  const box = shapes.find((shape) => shape.kind === 'rect')
  const line = shapes.find((shape) => shape.kind === 'path')
  const full = shapes.flatMap(fullTexts).map(visibleText).join('\n')
  const tooltip = full && <title>{full}</title>
  const attributes = { role: 'button', tabIndex: -1, 'aria-label': label, fill: 'transparent' } as const
  if (box) {
    const { x, y, width, height, rx } = box
    return (
      <rect {...attributes} x={x} y={y} width={width} height={height} rx={rx}>
        {tooltip}
      </rect>
    )
  }
  return (
    <path {...attributes} d={line?.d ?? ''} fill="none" stroke="transparent" strokeWidth={2 * LINE_REACH}>
      {tooltip}
    </path>
  )
}

function fullTexts(node: SceneNode): string[] {
  if (node.kind === 'group') return node.children.flatMap(fullTexts)
  return node.kind === 'text' && node.full !== undefined ? [node.full] : []
}

/** The nodes without those that have a ref, at any depth; these are added to `taken`. */
function withoutRefs(nodes: readonly SceneNode[], taken: SceneNode[]): SceneNode[] {
  return nodes.flatMap((node): SceneNode[] => {
    if (node.kind !== 'group') return [node]
    if (node.ref) {
      taken.push(node)
      return []
    }
    return [{ ...node, children: withoutRefs(node.children, taken) }]
  })
}

function paint(node: ScenePaint) {
  return {
    fill: node.fill ?? 'none',
    fillOpacity: node.fillOpacity,
    stroke: node.stroke,
    strokeWidth: node.strokeWidth,
    strokeOpacity: node.strokeOpacity,
    strokeDasharray: node.dash,
  }
}
