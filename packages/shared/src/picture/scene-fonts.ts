/** Fonts of a picture, those of the page first, then what each system has, then what has Hangul there; each list ends in a generic family, so a picture never depends on one being there. */
export const SCENE_FONTS = {
  sans: 'Inter, system-ui, "Segoe UI", "Helvetica Neue", Arial, "Noto Sans KR", "Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif',
  mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
} as const
