import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aModule, anOperation } from '../../test/samples'
import { LiveConnection } from './LiveConnection'
import { useLiveStore } from './liveStore'

/** Plays the manager: every request is a stream that the test writes to and breaks. */
class Streams {
  readonly requests: Request[] = []
  private readonly controllers: ReadableStreamDefaultController<Uint8Array>[] = []
  refusing = false

  readonly fetch = (request: Request): Promise<Response> => {
    this.requests.push(request)
    if (this.refusing) return Promise.reject(new TypeError('refused'))
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void this.controllers.push(controller) })
    request.signal.addEventListener('abort', () => {
      try {
        this.controllers.at(-1)?.error(new Error('aborted'))
      } catch {
        // It has ended already.
      }
    })
    return Promise.resolve(new Response(body, { status: 200 }))
  }

  send(event: string, data: unknown, id?: string): void {
    this.controllers.at(-1)?.enqueue(new TextEncoder().encode(`${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
  }

  breakOff(): void {
    this.controllers.at(-1)?.close()
  }

  header(name: string): string | null | undefined {
    return this.requests.at(-1)?.headers.get(name)
  }

  topics(): string {
    return new URL(this.requests.at(-1)!.url).searchParams.get('topics') ?? ''
  }
}

describe('LiveConnection', () => {
  let streams: Streams
  let store: ReturnType<typeof useLiveStore>
  let connection: LiveConnection

  beforeEach(() => {
    setActivePinia(createPinia())
    streams = new Streams()
    store = useLiveStore()
    // The shortest of waits: what is tested is that it comes back, not how long that takes.
    connection = new LiveConnection(store, { fetch: streams.fetch, now: () => 1000, random: () => -0.98 })
    connection.open()
  })
  afterEach(() => connection.close())

  const awaitRequests = (count: number) => expect.poll(() => streams.requests.length).toBe(count)

  it('shouldTakeTheSnapshotAndThenWhatChanges', async () => {
    await awaitRequests(1)
    streams.send('snapshot', { modules: [aModule({ name: 'arm' }), aModule({ name: 'eye' })], operations: [anOperation()] }, '1')
    await expect.poll(() => store.moduleList.map((module) => module.name)).toEqual(['arm', 'eye'])
    expect(store.connection).toBe('live')
    expect(store.activeOperations).toHaveLength(1)

    streams.send('module', { id: aModule({ name: 'arm' }).id, removed: true }, '2')
    streams.send('operation', anOperation({ status: 'succeeded' }), '3')
    streams.send('feed', { id: '4', at: 'now', kind: 'news', module_id: 'm', message: 'hello', detail: '' }, '4')

    await expect.poll(() => store.feed.length).toBe(1)
    expect(store.moduleList.map((module) => module.name)).toEqual(['eye'])
    expect(store.activeOperations).toHaveLength(0)
  })

  it('shouldResumeWhereItBrokeOffAndSayMeanwhileThatItIsLost', async () => {
    await awaitRequests(1)
    streams.send('snapshot', { modules: [aModule()] }, '41')
    await expect.poll(() => store.connection).toBe('live')
    streams.refusing = true
    streams.breakOff()
    await expect.poll(() => store.connection).toBe('lost')
    expect(store.moduleList, 'the last that is known stays in sight').toHaveLength(1)
    expect(store.heardAt).toBe(1000)

    streams.refusing = false
    await expect.poll(() => streams.requests.length).toBeGreaterThan(1)
    connection.now()
    await expect.poll(() => streams.header('Last-Event-ID')).toBe('41')
    streams.send('module', aModule({ version: '2.0.0' }), '42')

    await expect.poll(() => store.connection).toBe('live')
    expect(store.moduleList[0]?.version).toBe('2.0.0')
  })

  it('shouldAskEveryoneToReadAgainAfterALoss', async () => {
    let resumed = 0
    store.resumeListeners.add(() => (resumed += 1))
    await awaitRequests(1)
    streams.send('snapshot', { modules: [] }, '1')
    await expect.poll(() => resumed).toBe(1)

    streams.breakOff()
    await expect.poll(() => streams.requests.length).toBe(2)
    streams.send('snapshot', { modules: [] }, '2')

    await expect.poll(() => resumed).toBe(2)
  })

  it('shouldCountWhatWasMissed', async () => {
    await awaitRequests(1)
    streams.send('gap', { dropped: 3 })

    await expect.poll(() => store.missed).toBe(3)
  })

  it('shouldFollowLogsOnTheSameConnection', async () => {
    const lines: string[] = []
    await awaitRequests(1)
    store.logListeners.set('arm_1', new Set([(line: { text: string }) => void lines.push(line.text)]))

    const first = connection.followLog('arm_1')
    const second = connection.followLog('arm_1')
    await awaitRequests(2)
    expect(streams.topics()).toBe('modules,operations,feeds,logs:arm_1')
    streams.send('log', { module_id: 'arm_1', at: 'now', stream: 'stdout', text: 'beat' })
    await expect.poll(() => lines).toEqual(['beat'])

    first()
    expect(streams.requests).toHaveLength(2)
    second()
    await awaitRequests(3)
    expect(streams.topics()).toBe('modules,operations,feeds')
  })
})
