import { type PodSummary, type Source, ToldError, told } from '@pausescope/shared'
import type { SourceCounts } from './meter.ts'
import type { ObservationSource } from './source.ts'
import { SourceError } from './source-error.ts'

/** The clusters a viewer may choose from. */
export type ContextSwitch = {
  /** Names of the kubeconfig's contexts, sorted. */
  names: () => Promise<string[]>
  /**
   * Shows the cluster of this context from now on, to all viewers. What was shown goes on until the new cluster answers.
   * @throws SourceError `context-not-found`, `unavailable`; the signal's reason when it aborts.
   */
  switchTo: (context: string, signal: AbortSignal) => Promise<void>
}

export type SwitchingSourceOptions = {
  first: ObservationSource
  names: () => Promise<string[]>
  /** Opens the cluster of a context. No consent to helpers comes along. @throws errors with `next` */
  open: (context: string, signal: AbortSignal) => Promise<ObservationSource>
}

/** One source at a time, which can be changed for another. The old one's watches, scans and helpers end. */
export class SwitchingSource implements ObservationSource, ContextSwitch {
  readonly names: () => Promise<string[]>
  readonly #open: SwitchingSourceOptions['open']
  readonly #closing = new Set<Promise<void>>()
  #current: ObservationSource
  #turn: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor({ first, names, open }: SwitchingSourceOptions) {
    this.#current = first
    this.names = names
    this.#open = open
  }

  /** One switch at a time: who comes second waits, and then has the last word. */
  switchTo(context: string, signal: AbortSignal): Promise<void> {
    const done = this.#turn.then(() => this.#switch(context, signal))
    this.#turn = done.catch(() => {})
    return done
  }

  async #switch(context: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (!(await this.names()).includes(context)) {
      throw new SourceError('context-not-found', told('context.none'), told('next.from-list'))
    }
    if (this.describe().context === context) return
    const opened = await this.#open(context, signal).catch((cause: unknown) => {
      signal.throwIfAborted()
      // What was foreseen is for people.
      throw cause instanceof ToldError ? new SourceError('unavailable', cause.told.message, cause.told.next) : cause
    })
    if (this.#closed || signal.aborted) {
      await opened.close()
      signal.throwIfAborted()
      throw new SourceError('unavailable', told('server.stops'), told('next.start-again'))
    }
    const closing = this.#current.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
    this.#current = opened
  }

  describe(): Source {
    return this.#current.describe()
  }

  pods(): readonly PodSummary[] {
    return this.#current.pods()
  }

  nodes() {
    return this.#current.nodes()
  }

  counts(): SourceCounts {
    return this.#current.counts()
  }

  observation(...asked: Parameters<ObservationSource['observation']>) {
    return this.#ask((source) => source.observation(...asked))
  }

  evidence(...asked: Parameters<ObservationSource['evidence']>) {
    return this.#ask((source) => source.evidence(...asked))
  }

  node(...asked: Parameters<ObservationSource['node']>) {
    return this.#ask((source) => source.node(...asked))
  }

  /** Ends when another cluster is shown. */
  live(...asked: Parameters<ObservationSource['live']>) {
    return this.#ask((source) => source.live(...asked))
  }

  helper(node: string) {
    return this.#ask((source) => source.helper(node))
  }

  agreeToHelper(...asked: Parameters<ObservationSource['agreeToHelper']>) {
    return this.#ask((source) => source.agreeToHelper(...asked))
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([this.#current.close(), ...this.#closing])
  }

  /** What was asked of one cluster is not answered once another one is shown: its pods may have the same names. */
  async #ask<T>(ask: (source: ObservationSource) => Promise<T>): Promise<T> {
    const source = this.#current
    const [outcome] = await Promise.allSettled([ask(source)])
    if (source !== this.#current) throw new SourceError('unavailable', told('context.other'), told('next.ask-again'))
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  }
}
