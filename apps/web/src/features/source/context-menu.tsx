import type { Source } from '@pausescope/shared'
import { useQuery } from '@tanstack/react-query'
import { contextsQuery } from '../../api/context-queries.ts'
import { useText } from '../../i18n/use-text.ts'
import { MenuButton } from '../../ui/menu-button.tsx'

/** The way to another cluster of the kubeconfig, where there is one. */
export function ContextMenu({ source, onChoose }: { source: Source | null; onChoose: (context: string) => void }) {
  const t = useText()
  const { data: contexts = [] } = useQuery(contextsQuery)
  const current = source?.context ?? null
  if (!source || !contexts.some((context) => context !== current)) return null
  return (
    <MenuButton
      label={t.contexts.label}
      icon="cluster"
      parts={[
        {
          id: 'contexts',
          heading: t.contexts.heading,
          selected: current,
          items: contexts.map((context) => ({ id: context, text: context })),
        },
      ]}
      onAction={(context) => context !== current && onChoose(context)}
    />
  )
}
