import * as react from 'react/jsx-dev-runtime'
import { visibleProps } from './visible-props.ts'

/** As in `jsx-runtime`, for `vite dev`. */
export const jsxDEV: typeof react.jsxDEV = (type, props, ...rest) => react.jsxDEV(type, visibleProps(props), ...rest)

export type { JSX } from 'react'
export { Fragment } from 'react/jsx-dev-runtime'
