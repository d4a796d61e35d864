import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h, nextTick, ref } from 'vue'
import { mount, type Mounted } from '../../../test/mount'
import TopicEcho from './TopicEcho.vue'
import { MESSAGES_KEPT } from './echo'

let mounted: Mounted
let asked: Request[]
/** What the manager writes to the last stream that was opened. */
let tell: (text: string) => void
let finish: () => void
let answer: () => Response
const props = ref({ topic: '/arm/state', followed: true, type: undefined as string | undefined })

function stream(): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      tell = (text) => controller.enqueue(new TextEncoder().encode(text))
      finish = () => controller.close()
    },
  })
  return new Response(body, { status: 200 })
}

beforeEach(() => {
  asked = []
  answer = stream
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(request)
    return Promise.resolve(answer())
  })
})
afterEach(() => {
  mounted.unmount()
  vi.unstubAllGlobals()
})

const message = (data: string): string => `event: message\ndata: {"at":"2026-01-01T00:00:00Z","message":{"data":"${data}"}}\n\n`
const lines = (): string[] => [...mounted.place.querySelectorAll('[data-message] code')].map((line) => line.textContent ?? '')

function open(type?: string): void {
  props.value = { topic: '/arm/state', followed: true, type }
  const set = (followed: boolean) => () => (props.value = { ...props.value, followed })
  mounted = mount({ render: () => h(TopicEcho, { ...props.value, onFollow: set(true), onUnfollow: set(false) }) })
}
const button = (text: string): HTMLButtonElement | undefined => [...mounted.place.querySelectorAll('button')].find((one) => one.textContent?.trim() === text)

describe('TopicEcho', () => {
  it('shouldShowWhatComesNewestFirst', async () => {
    open()
    await expect.poll(() => asked.length).toBe(1)
    expect(asked[0]!.url).toMatch(/\/api\/v1\/ros\/topics\/arm%2Fstate$/)
    expect(mounted.place.textContent).toContain('Waiting for the next message')

    tell(`event: topic\ndata: {"type":"std_msgs/msg/String"}\n\n${message('one')}${message('two')}event: gap\ndata: {"dropped":3}\n\n`)

    await expect.poll(lines).toEqual(['{"data":"two"}', '{"data":"one"}'])
    expect(mounted.place.textContent).toContain('3 messages lost on the way')
  })

  it('shouldKeepSoManyAndCutWhatIsTooLong', async () => {
    open()
    await expect.poll(() => asked.length).toBe(1)
    tell(Array.from({ length: MESSAGES_KEPT + 5 }, (_, i) => message(`m${i}`)).join('') + message('x'.repeat(5_000)))

    await expect.poll(() => lines().length).toBe(MESSAGES_KEPT)
    expect(lines()[0]!.length).toBeLessThan(2_100)
    expect(lines()[0]).toMatch(/…$/)
  })

  it('shouldAskForTheTypeThatWasChosen', async () => {
    open('std_msgs/msg/String')

    await expect.poll(() => asked[0]?.url).toContain('?type=std_msgs%2Fmsg%2FString')
  })

  it('shouldEndTheStreamWhenNobodyFollows', async () => {
    open()
    await expect.poll(() => asked.length).toBe(1)
    tell(message('last'))
    await expect.poll(lines).toEqual(['{"data":"last"}'])

    button('Stop following')!.click()

    await expect.poll(() => asked[0]!.signal.aborted).toBe(true)
    expect(lines(), 'what came stays in sight').toEqual(['{"data":"last"}'])
    expect(mounted.place.querySelector('[role=alert]')).toBeNull()
  })

  it('shouldOfferToFollowAgainWhenTheManagerEndsIt', async () => {
    open()
    await expect.poll(() => asked.length).toBe(1)

    finish()

    await expect.poll(() => button('Follow')).toBeDefined()
    button('Follow')!.click()
    await expect.poll(() => asked.length).toBe(2)
  })

  it('shouldSayWhyItIsRefused', async () => {
    answer = () => Response.json({ code: 'forbidden', status: 403, detail: '/arm/state may not be followed over REST.' }, { status: 403 })
    open()

    await expect.poll(() => mounted.place.querySelector('[data-problem="forbidden"]')?.textContent).toContain('may not be followed')
    await nextTick()
    expect(button('Follow')).toBeDefined()
  })
})
