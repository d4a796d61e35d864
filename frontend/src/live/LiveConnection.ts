import { sessionFetch, serviceUrl } from '../api/client'
import type { FeedEntry, LogLine, Module, Operation } from '../api/types'
import { reconnectDelay } from './backoff'
import type { useLiveStore } from './liveStore'
import { createEventParser, type ServerSentEvent } from './serverSentEvents'

/** The manager writes at least a comment every 15 s: after this silence (ms) the connection is dead, whatever the network says. */
const SILENCE = 25_000

/** What the connection needs of its surroundings; tests bring their own. */
export interface Surroundings {
  fetch: (request: Request) => Promise<Response>
  now: () => number
  random: () => number
}

const BROWSER: Surroundings = { fetch: sessionFetch, now: () => Date.now(), random: () => Math.random() }

type LiveStore = ReturnType<typeof useLiveStore>

/**
 * The one event stream of a page. Connects again by itself until {@link close}; resumes where it broke off, and follows the logs that
 * views ask for on the same connection.
 */
export class LiveConnection {
  private readonly logs = new Map<string, number>()
  private lastId = ''
  private failures = 0
  private closed = false
  private attempt: AbortController | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private silence: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly store: LiveStore,
    private readonly surroundings: Surroundings = BROWSER,
  ) {}

  open(): void {
    this.closed = false
    window.addEventListener('online', this.now)
    document.addEventListener('visibilitychange', this.whenVisible)
    void this.connect()
  }

  close(): void {
    this.closed = true
    window.removeEventListener('online', this.now)
    document.removeEventListener('visibilitychange', this.whenVisible)
    clearTimeout(this.timer)
    clearTimeout(this.silence)
    this.attempt?.abort()
  }

  /** Follows a module's log until the returned function is called. Several followers share one subscription. */
  followLog(moduleId: string): () => void {
    this.logs.set(moduleId, (this.logs.get(moduleId) ?? 0) + 1)
    if (this.logs.get(moduleId) === 1) this.reopen()
    return () => {
      const left = (this.logs.get(moduleId) ?? 1) - 1
      if (left > 0) {
        this.logs.set(moduleId, left)
        return
      }
      this.logs.delete(moduleId)
      this.reopen()
    }
  }

  /** Tries again at once, for example because the person asks for it. */
  readonly now = (): void => {
    if (this.store.connection !== 'live') this.reopen()
  }

  private readonly whenVisible = (): void => {
    if (document.visibilityState === 'visible') this.now()
  }

  private reopen(): void {
    if (this.closed) return
    clearTimeout(this.timer)
    void this.connect()
  }

  private async connect(): Promise<void> {
    this.attempt?.abort()
    const attempt = new AbortController()
    this.attempt = attempt
    try {
      const response = await this.surroundings.fetch(
        new Request(this.address(), {
          headers: { Accept: 'text/event-stream', ...(this.lastId && { 'Last-Event-ID': this.lastId }) },
          cache: 'no-store',
          signal: attempt.signal,
        }),
      )
      if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`)
      await this.read(response.body, attempt)
    } catch {
      // Whatever broke it, the answer is the same: say so and try again.
    }
    if (this.attempt === attempt && !this.closed) this.retry()
  }

  private async read(body: ReadableStream<Uint8Array>, attempt: AbortController): Promise<void> {
    const reader = body.getReader()
    const decoder = new TextDecoder()
    const parse = createEventParser((event) => this.receive(event), this.lastId)
    let first = true
    for (;;) {
      this.watch(attempt)
      const { done, value } = await reader.read()
      if (done || this.attempt !== attempt) return
      const resumed = this.store.connection !== 'live'
      this.failures = 0
      this.store.connection = 'live'
      this.store.heardAt = this.surroundings.now()
      parse(decoder.decode(value, { stream: true }))
      if (first) this.store.opened += 1
      first = false
      if (resumed) this.store.resumeListeners.forEach((listener) => listener())
    }
  }

  private watch(attempt: AbortController): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => attempt.abort(), SILENCE)
  }

  private retry(): void {
    clearTimeout(this.silence)
    this.store.connection = 'lost'
    this.timer = setTimeout(() => this.reopen(), reconnectDelay(this.failures, this.surroundings.random()))
    this.failures += 1
  }

  private address(): string {
    const topics = ['modules', 'operations', 'feeds', ...[...this.logs.keys()].map((id) => `logs:${id}`)]
    return serviceUrl(`api/v1/events?topics=${encodeURIComponent(topics.join(','))}`)
  }

  private receive({ event, data, lastId }: ServerSentEvent): void {
    this.lastId = lastId
    const body: unknown = JSON.parse(data)
    switch (event) {
      case 'snapshot':
        this.store.applySnapshot(body as Parameters<LiveStore['applySnapshot']>[0])
        break
      case 'module':
        this.store.applyModule(body as Module)
        break
      case 'operation':
        this.store.applyOperation(body as Operation)
        break
      case 'feed':
        this.store.applyFeed(body as FeedEntry)
        break
      case 'gap':
        this.store.missed += (body as { dropped: number }).dropped
        break
      case 'log': {
        const line = body as LogLine & { module_id: string }
        this.store.applyLog(line.module_id, { at: line.at, stream: line.stream, text: line.text })
        break
      }
    }
  }
}
