/** The themes a picture can be painted in. `contrast`: black on white, for the last row, weak projectors and print. */
export const THEMES = ['light', 'dark', 'contrast'] as const
export type Theme = (typeof THEMES)[number]
