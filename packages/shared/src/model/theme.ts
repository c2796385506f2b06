/** The themes a picture can be painted in. */
export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
