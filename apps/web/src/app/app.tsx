import { type SceneRef, visibleText } from '@pausescope/shared'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Problem } from '../api/problem.ts'
import { PodList } from '../features/pods/pod-list.tsx'
import { useLines } from '../features/pods/use-lines.ts'
import { FileDrop } from '../features/recordings/file-drop.tsx'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { navigate, useViewState } from '../url/use-view-state.ts'
import type { Side, ViewState } from '../url/view-state.ts'
import styles from './app.module.css'
import { useContextChoice } from './context-notice.tsx'
import { Header } from './header.tsx'
import { ListNotice } from './list-notice.tsx'
import { SideSwitch } from './side-switch.tsx'
import { Stage } from './stage.tsx'
import { stageState } from './stage-state.ts'
import { useAskEarly } from './use-ask-early.ts'
import { useCommands } from './use-commands.ts'
import { useNarrow } from './use-narrow.ts'
import { useOpenedFile } from './use-opened-file.ts'
import { usePageKeys } from './use-page-keys.ts'
import { useListQuery, usePods } from './use-pods.ts'
import { useShown } from './use-shown.ts'
import { useSubject } from './use-subject.ts'
import { useTheme } from './use-theme.ts'
import { useTimeline } from './use-timeline.ts'

const NodeList = lazy(async () => ({ default: (await import('../features/pods/node-list.tsx')).NodeList }))
const Presentation = lazy(() => import('./presentation.tsx'))
const PodPalette = lazy(() => import('./pod-palette.tsx'))
const CompareDialog = lazy(() => import('./compare-dialog.tsx'))
const LegendDialog = lazy(() => import('../features/legend/legend-dialog.tsx'))
const KeysDialog = lazy(() => import('../features/keys/keys-dialog.tsx'))
const HelperDialog = lazy(() => import('../features/helper/helper-dialog.tsx'))

/** Commands for which one need not leave the presenter. */
const IN_PRESENTER = ['earlier', 'later', 'now', 'pause', 'legend', 'keys']

export function App() {
  const t = useText()
  const view = useViewState()
  const theme = useTheme(view.theme)
  const file = useOpenedFile()
  const subject = useSubject(view, file.opened)
  const [limit, more] = useLines(view.search)
  const pods = usePods(subject, useListQuery({ search: view.search, closed: view.closed, limit }))
  const contexts = useContextChoice(subject.source?.context)
  const state = stageState(subject)
  const timeline = useTimeline(subject, view)
  const narrow = useNarrow(view.selection !== null && (state.kind === 'shown' || state.kind === 'node'))
  const listShown = view.list === null ? !narrow : view.list === 'shown'
  const [dialog, setDialog] = useState<'palette' | 'keys' | 'legend' | 'compare' | null>(null)
  const [helperNode, setHelperNode] = useState<string | null>(null)

  const search = useRef<HTMLInputElement>(null)
  const closeList = useCallback(() => navigate({ list: narrow ? null : 'hidden' }, 'replace'), [narrow])
  const onSearch = useCallback(
    (patch: Partial<ViewState> = {}) => {
      navigate({ list: narrow ? 'shown' : null, ...patch }, 'replace')
      // At once, so that what is typed next is typed there; the list may have to be shown first, with the next frame.
      if (search.current) search.current.select()
      else requestAnimationFrame(() => search.current?.select())
    },
    [narrow],
  )
  const onList = useCallback(
    () => (listShown ? closeList() : navigate({ list: narrow ? 'shown' : null }, 'replace')),
    [listShown, closeList, narrow],
  )
  const onShowList = useCallback((side: Side) => onSearch({ side, search: '' }), [onSearch])
  const onEscape = useCallback(() => {
    if (narrow && listShown) closeList()
    else navigate({ selection: null })
  }, [narrow, listShown, closeList])

  useEffect(() => {
    const shown = subject.node ? t.node.title(subject.node) : subject.pod
    document.title = shown ? `${visibleText(shown)} – ${t.app.name}` : t.app.name
  }, [subject.node, subject.pod, t])

  const pick = useCallback(
    (patch: Pick<ViewState, 'pod' | 'node'>) =>
      navigate({ ...patch, selection: null, ...(narrow ? { list: null } : {}) }),
    [narrow],
  )
  const askEarly = useAskEarly(subject.live)
  const onPick = useCallback(
    (pod: string) => {
      askEarly(pod)
      pick({ pod, node: null })
    },
    [askEarly, pick],
  )
  const onPickNode = useCallback((node: string) => pick({ node, pod: null }), [pick])
  const onSelect = useCallback((selection: SceneRef | null) => navigate({ selection }), [])
  const { refuse } = file
  const onSeveral = useCallback(
    () => refuse({ code: 'several', message: t.recording.several, next: null }),
    [refuse, t],
  )
  const closeHelper = useCallback(() => setHelperNode(null), [])

  const onCompare = useCallback(() => setDialog('compare'), [])
  const onLegend = useCallback(() => setDialog('legend'), [])
  const all = useCommands({
    view,
    subject,
    timeline,
    onSearch: useCallback(() => onSearch(), [onSearch]),
    onList,
    onPalette: useCallback(() => setDialog('palette'), []),
    onKeys: useCallback(() => setDialog('keys'), []),
    onLegend,
    onCompare,
  })
  const shown = useShown(state.kind === 'shown' ? (timeline.shown ?? state.reply.observation) : null)
  const presenting = view.present !== null && shown !== null
  const commands = useMemo(() => all.filter(({ id }) => !presenting || IN_PRESENTER.includes(id)), [all, presenting])
  usePageKeys(commands, onEscape)
  const closeDialog = useCallback(() => setDialog(null), [])

  const dialogs = (
    <Suspense>
      {dialog === 'palette' && (
        <PodPalette
          subject={subject}
          title={t.palette.open}
          hint={t.palette.hint}
          commands={commands.filter(({ id }) => id !== 'palette')}
          onPick={onPick}
          onClose={closeDialog}
        />
      )}
      {dialog === 'compare' && <CompareDialog subject={subject} timeline={timeline} onClose={closeDialog} />}
      {dialog === 'legend' && (
        <LegendDialog
          drawing={view.view === 'boxes' && !presenting ? 'nested' : 'columns'}
          theme={theme}
          onClose={closeDialog}
        />
      )}
      {dialog === 'keys' && <KeysDialog commands={commands} onClose={closeDialog} />}
    </Suspense>
  )

  if (view.present && shown) {
    return (
      <main className={styles.page}>
        <Suspense>
          <Presentation observation={shown} timeline={timeline} step={view.present} view={view} theme={theme} />
        </Suspense>
        {dialogs}
      </main>
    )
  }
  return (
    <div className={styles.page}>
      <a className={styles.skip} href="#picture">
        {t.app.skip}
      </a>
      <Header
        source={subject.source}
        live={subject.live}
        playing={subject.playing}
        pod={subject.pod}
        theme={view.theme}
        language={view.language}
        listShown={listShown}
        onList={onList}
        onLegend={onLegend}
        onFile={file.open}
        onContext={contexts.choose}
      />
      {contexts.notice}
      {file.problem && <FileNotice problem={file.problem} onDismiss={file.dismiss} />}
      <div className={styles.body}>
        {listShown && (
          <>
            {narrow && <button type="button" className={styles.veil} aria-label={t.app.hidePods} onClick={closeList} />}
            <aside
              className={narrow ? `${styles.side} ${styles.drawer}` : styles.side}
              aria-label={t[view.side].heading}
            >
              {view.side === 'nodes' ? (
                <Suspense>
                  <NodeList
                    frame={subject.playing?.frame ?? null}
                    picked={subject.node}
                    search={view.search}
                    kinds={<SideSwitch side={view.side} />}
                    searchRef={search}
                    onPick={onPickNode}
                  />
                </Suspense>
              ) : (
                <PodList
                  list={pods.list}
                  picked={subject.pod}
                  search={view.search}
                  closed={view.closed}
                  forbidden={subject.live ? (subject.source?.forbiddenNamespaces ?? []) : []}
                  loading={pods.list === null && !pods.problem && state.kind !== 'failed'}
                  notice={<ListNotice subject={subject} pods={pods} />}
                  empty={subject.live ? t.pods.emptyLive : subject.node ? t.pods.emptyNode : t.pods.emptyRecording}
                  kinds={<SideSwitch side={view.side} />}
                  searchRef={search}
                  onPress={askEarly}
                  onPick={onPick}
                  onMore={more}
                />
              )}
            </aside>
          </>
        )}
        <main className={styles.main} id="picture" aria-label={t.app.main} inert={narrow && listShown}>
          <Stage
            state={state}
            subject={subject}
            timeline={timeline}
            view={view}
            theme={theme}
            onSelect={onSelect}
            onHelper={setHelperNode}
            onFile={file.open}
            onShowList={onShowList}
            onCompare={onCompare}
          />
        </main>
      </div>
      <FileDrop onFile={file.open} onSeveral={onSeveral} />
      {dialogs}
      {helperNode && (
        <Suspense>
          <HelperDialog node={helperNode} onClose={closeHelper} />
        </Suspense>
      )}
    </div>
  )
}

function FileNotice({ problem, onDismiss }: { problem: Problem; onDismiss: () => void }) {
  const t = useText()
  const { code, message: name } = problem
  const message =
    code === 'file-unreadable'
      ? t.recording.unreadable(name)
      : code === 'none-inside'
        ? t.recording.noneInside(name)
        : t.tell(problem.told?.message, problem.message)
  return (
    <Notice
      tone="bad"
      layout="strip"
      title={t.recording.brokenTitle}
      next={
        code === 'none-inside' ? t.recording.noneInsideNext : problem.next && t.tell(problem.told?.next, problem.next)
      }
      action={<Button onClick={onDismiss}>{t.recording.dismiss}</Button>}
    >
      {message}
    </Notice>
  )
}
