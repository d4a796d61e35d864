import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { mount, type Mounted } from '../../../test/mount'
import { anOperation } from '../../../test/samples'
import { onSessionEnd } from '../../api/client'
import { useTrayStore } from '../operations/trayStore'
import UploadDialog from './UploadDialog.vue'

/** A request that goes as far as the test says. */
class PaperRequest {
  static all: PaperRequest[] = []
  static get last(): PaperRequest {
    return PaperRequest.all.at(-1)!
  }

  readonly upload: { onprogress?: (event: { loaded: number }) => void } = {}
  readonly headers: Record<string, string> = {}
  onload?: () => void
  onerror?: () => void
  onabort?: () => void
  onloadend?: () => void
  status = 0
  responseText = ''
  address = ''
  isAborted = false

  constructor() {
    PaperRequest.all.push(this)
  }
  open(_: string, address: string): void {
    this.address = address
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value
  }
  getResponseHeader(): string | null {
    return null
  }
  send(): void {}
  abort(): void {
    this.isAborted = true
    this.onabort?.()
    this.onloadend?.()
  }
  async sent(loaded: number): Promise<void> {
    this.upload.onprogress?.({ loaded })
    await nextTick()
  }
  answer(status: number, body: unknown): void {
    this.status = status
    this.responseText = JSON.stringify(body)
    this.onload?.()
    this.onloadend?.()
  }
}

let mounted: Mounted
let closed: number
const dialog = () => document.querySelector<HTMLElement>('[role=dialog]')!
const button = (text: string) => [...dialog().querySelectorAll('button')].find((one) => one.textContent?.trim() === text)

beforeEach(async () => {
  PaperRequest.all = []
  closed = 0
  vi.stubGlobal('XMLHttpRequest', PaperRequest)
  mounted = mount(UploadDialog, { onClose: () => (closed += 1) })
  await expect.poll(() => document.querySelector('[role=dialog] input[type=file]')).not.toBeNull()
  const file = new File([new Uint8Array(2_000)], 'arm_1.0.0.tar.gz')
  Object.defineProperty(dialog().querySelector('input[type=file]'), 'files', { value: [file] })
  dialog().querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await expect.poll(() => PaperRequest.all.length).toBe(1)
})
afterEach(() => {
  mounted.unmount()
  onSessionEnd(null)
  vi.unstubAllGlobals()
})

describe('UploadDialog', () => {
  it('shouldTellHowFarItIsUntilTheRobotHasIt', async () => {
    await PaperRequest.last.sent(500)
    expect(dialog().textContent).toContain('Sending: 25%, 500 B of 2 kB')
    expect(dialog().querySelector('progress')?.value).toBe(500)

    await PaperRequest.last.sent(2_000)
    expect(dialog().querySelector('[role=status]')?.textContent).toContain('The robot checks it')
    PaperRequest.last.answer(202, anOperation({ kind: 'install' }))

    await expect.poll(() => closed).toBe(1)
    expect([...useTrayStore().started]).toEqual(['op-1'])
    expect(PaperRequest.last.address).toMatch(/\/api\/v1\/modules\/upload\?start=true$/)
  })

  it('shouldBeStopped', async () => {
    await PaperRequest.last.sent(500)

    button('Stop sending')!.click()

    await expect.poll(() => dialog().textContent).toContain('The sending was stopped. Nothing was installed.')
    expect(PaperRequest.last.isAborted).toBe(true)
    expect(closed).toBe(0)
    button('Cancel')!.click()
    expect(closed).toBe(1)
  })

  it('shouldSayWhyItWasRefusedAndKeepTheFile', async () => {
    PaperRequest.last.answer(413, { code: 'body-too-large', status: 413, detail: 'The package is larger than 1000 bytes.' })

    await expect.poll(() => dialog().querySelector('[data-problem="body-too-large"]')).not.toBeNull()
    expect(button('Install')).toBeDefined()
  })

  it('shouldSayWhenNobodyAnswers', async () => {
    PaperRequest.last.onerror!()

    await expect.poll(() => dialog().querySelector('[data-problem="unreachable"]')).not.toBeNull()
  })

  it('shouldSendTheSameAgainAfterANewLogin', async () => {
    onSessionEnd(() => Promise.resolve())
    const key = PaperRequest.last.headers['Idempotency-Key']

    PaperRequest.last.answer(401, { code: 'unauthenticated', status: 401 })

    await expect.poll(() => PaperRequest.all.length).toBe(2)
    expect(PaperRequest.last.headers['Idempotency-Key']).toBe(key)
  })
})
