import { useCallback, useState } from 'react'
import type { OpenedFile } from '../api/opened-file.ts'
import { type Problem, problemOf } from '../api/problem.ts'
import { navigate } from '../url/use-view-state.ts'
import { FILE_PREFIX } from './recording-id.ts'

/** The opened recording file, what was wrong with the last one, and how to open another. */
export function useOpenedFile() {
  const [opened, setOpened] = useState<OpenedFile | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const open = useCallback(async (file: File) => {
    try {
      const { openFile } = await import('../api/opened-file.ts')
      const next = await openFile(file)
      setOpened(next)
      setProblem(null)
      const recording = FILE_PREFIX + next.name
      navigate({ recording, frame: next.frame, pod: null, node: null, selection: null, search: '' })
    } catch (cause) {
      setProblem(problemOf(cause))
    }
  }, [])
  const dismiss = useCallback(() => setProblem(null), [])
  return { opened, problem, open, refuse: setProblem, dismiss }
}
