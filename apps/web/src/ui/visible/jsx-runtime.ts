import type { ElementType, Key, ReactElement } from 'react'
import * as react from 'react/jsx-runtime'
import { visibleProps } from './visible-props.ts'

/**
 * What every element of the page is made by (`jsxImportSource`), so that no view can forget to make the names it shows
 * safe: React's own, behind `visibleProps`.
 */
export const jsx = (type: ElementType, props: object, key?: Key): ReactElement =>
  react.jsx(type, visibleProps(props), key)

export const jsxs = (type: ElementType, props: object, key?: Key): ReactElement =>
  react.jsxs(type, visibleProps(props), key)

export type { JSX } from 'react'
export { Fragment } from 'react/jsx-runtime'
