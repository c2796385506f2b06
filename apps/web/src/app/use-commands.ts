import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { scanAgain } from '../api/queries.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/languages.ts'
import { useText } from '../i18n/use-text.ts'
import type { Command } from '../ui/command.ts'
import { useArguments } from '../url/use-arguments.ts'
import { navigate } from '../url/use-view-state.ts'
import { EVERY_CHOICES, THEME_CHOICES, type ViewState } from '../url/view-state.ts'
import type { Subject } from './use-subject.ts'
import { goToMoment, stepMoment, type Timeline } from './use-timeline.ts'

/** Everything the page can do now, in the order in which the palette offers it. */
export function useCommands({
  view,
  subject,
  timeline,
  onSearch,
  onList,
  onPalette,
  onKeys,
  onLegend,
  onCompare,
}: {
  view: ViewState
  subject: Subject
  timeline: Timeline
  onSearch: () => void
  onList: () => void
  onPalette: () => void
  onKeys: () => void
  onLegend: () => void
  onCompare: () => void
}): readonly Command[] {
  const t = useText()
  const client = useQueryClient()
  const args = useArguments()
  return useMemo(() => {
    const { reply, live, source, pod, node, liveState } = subject
    const { moments, index, past } = timeline
    const nodeName = reply?.observation.pod.nodeName ?? null
    const commands: (Command | false)[] = [
      { id: 'search', text: t.pods.search, icon: 'search', key: '/', run: onSearch },
      { id: 'palette', text: t.palette.open, icon: 'list', key: 'mod+k', run: onPalette },
      reply !== null && {
        id: 'present',
        text: t.present.open,
        icon: 'present',
        key: 'p',
        run: () => navigate({ present: 'whole', selection: null, zoom: null }),
      },
      reply !== null && {
        id: 'view',
        text: view.view === 'table' ? t.palette.toPicture : t.palette.toTable,
        icon: view.view === 'table' ? 'picture' : 'table',
        key: 't',
        run: () => navigate({ view: view.view === 'table' ? 'picture' : 'table' }),
      },
      reply !== null &&
        view.view !== 'table' && {
          id: 'files',
          text: view.layers.includes('files') ? t.layers.hideFiles : t.layers.showFiles,
          icon: 'folder',
          key: 'f',
          run: () => navigate({ layers: view.layers.includes('files') ? [] : ['files'] }, 'replace'),
        },
      reply !== null && { id: 'compare', text: t.compare.open, icon: 'compare', key: 'c', run: onCompare },
      nodeName !== null && {
        id: 'node',
        text: t.node.open(nodeName),
        icon: 'node',
        key: 'n',
        run: () => navigate({ node: nodeName, pod: null, selection: null }),
      },
      live &&
        pod !== null &&
        node === null && {
          id: 'scan',
          text: t.tools.refresh,
          icon: 'refresh',
          key: 'r',
          run: () => {
            const [namespace = '', name = ''] = pod.split('/')
            // What goes wrong is told by the next answer about the pod.
            scanAgain(client, namespace, name).catch(() => client.invalidateQueries({ queryKey: ['observation'] }))
          },
        },
      liveState !== null &&
        view.every !== 'off' && {
          id: 'pause',
          text: view.paused ? t.live.resume : t.live.pause,
          icon: view.paused ? 'play' : 'pause',
          key: 'k',
          run: () => navigate({ paused: !view.paused }, 'replace'),
        },
      index > 0 && {
        id: 'earlier',
        text: t.recording.previous,
        icon: 'left',
        key: '[',
        run: () => stepMoment(timeline, -1),
      },
      index < moments.length - 1 && {
        id: 'later',
        text: t.recording.next,
        icon: 'right',
        key: ']',
        run: () => stepMoment(timeline, 1),
      },
      past && {
        id: 'now',
        text: t.timeline.toNow,
        icon: 'live',
        key: 'b',
        run: () => goToMoment(timeline, moments.length - 1),
      },
      reply !== null &&
        moments.length > 1 && {
          id: 'timeline',
          text: view.timeline ? t.timeline.close : t.timeline.open,
          icon: 'moments',
          key: 'm',
          run: () => navigate({ timeline: !view.timeline }, 'replace'),
        },
      ...(liveState === null
        ? []
        : EVERY_CHOICES.map(
            (every): Command => ({
              id: `every-${every}`,
              text: `${t.live.every}: ${every === 'off' ? t.live.off : t.live.everySeconds(every)}`,
              icon: 'clock',
              run: () => navigate({ every, paused: false }, 'replace'),
            }),
          )),
      (pod !== null || node !== null) && {
        id: 'arguments',
        text: args.shown ? t.details.hideArguments : t.details.showArguments,
        icon: 'list',
        run: args.toggle,
      },
      { id: 'list', text: t.palette.list, icon: 'side', key: 'l', run: onList },
      source?.mode === 'live' &&
        !live && {
          id: 'live',
          text: t.tools.backToLive,
          icon: 'live',
          run: () => navigate({ recording: null, frame: 0, pod: null, node: null, selection: null }),
        },
      ...THEME_CHOICES.map(
        (theme): Command => ({
          id: `theme-${theme}`,
          text: `${t.tools.theme}: ${t.tools.themes[theme]}`,
          icon: 'theme',
          run: () => navigate({ theme }, 'replace'),
        }),
      ),
      ...LANGUAGES.map(
        (language): Command => ({
          id: `language-${language}`,
          text: `${t.tools.language}: ${LANGUAGE_NAMES[language]}`,
          icon: 'language',
          run: () => navigate({ language }, 'replace'),
        }),
      ),
      { id: 'legend', text: t.legend.title, icon: 'info', key: 'i', run: onLegend },
      { id: 'keys', text: t.keys.title, icon: 'info', key: '?', run: onKeys },
    ]
    return commands.filter((command) => command !== false)
  }, [
    view.view,
    view.layers,
    view.every,
    view.paused,
    view.timeline,
    subject,
    timeline,
    t,
    client,
    args,
    onSearch,
    onList,
    onPalette,
    onKeys,
    onLegend,
    onCompare,
  ])
}
