import { visibleText } from '../picture/visible-text.ts'
import type { Change } from './change.ts'
import type { ChangeWords } from './change-words.ts'

/**
 * What changed, one sentence for each change, names in them made safe to show; where nothing changed, the sentence that says
 * so.
 */
export function changeTexts(changes: readonly Change[], words: ChangeWords): string[] {
  return changes.length === 0 ? [words.nothing] : changes.map((change) => visibleText(changeText(change, words)))
}

function changeText(change: Change, words: ChangeWords): string {
  switch (change.kind) {
    case 'unread':
      return words.unread
    case 'node-restarted':
      return words.nodeRestarted
    case 'another-pod':
      return words.anotherPod
    case 'restarted':
    case 'started':
    case 'came':
    case 'ended':
    case 'gone':
      return words.life(change.kind, change)
    case 'moved':
      return words.moved(change.container, change.types)
    case 'made':
    case 'unmade':
      return words[change.kind](change.container, change.namespaces)
    case 'unshared':
      return words.unshared(change.container, change.namespace)
    case 'processes':
      return words.processes(change)
    case 'found':
    case 'settled':
      return words[change.kind](change.text)
  }
}
