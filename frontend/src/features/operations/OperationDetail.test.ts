import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { mount, type Mounted } from '../../../test/mount'
import { anOperation } from '../../../test/samples'
import type { Operation, Role } from '../../api/types'
import { useSessionStore } from '../auth/sessionStore'
import OperationDetail from './OperationDetail.vue'
import { useTrayStore } from './trayStore'

const step = (id: string, status: Operation['steps'][number]['status'], detail = ''): Operation['steps'][number] => ({
  id,
  title: id,
  status,
  percent: 40,
  started_at: '2026-01-01T00:00:00Z',
  ended_at: status === 'running' ? null : '2026-01-01T00:00:03Z',
  detail,
})

let mounted: Mounted
let asked: string[]
let refusal: Response | null

beforeEach(() => {
  asked = []
  refusal = null
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(`${request.method} ${request.url.replace(/^.*\/api\/v1\//, '')}`)
    return Promise.resolve(refusal ?? Response.json(anOperation({ cancel_requested: true }), { status: 202 }))
  })
})
afterEach(() => {
  mounted.unmount()
  vi.unstubAllGlobals()
})

async function open(parts: Partial<Operation>, role: Role = 'operator'): Promise<HTMLElement> {
  mounted = mount(OperationDetail, { operation: anOperation(parts) })
  useSessionStore().user = { username: 'otto', role, must_change_password: false }
  await nextTick()
  return mounted.place
}
const cancel = (place: HTMLElement): HTMLButtonElement | null => place.querySelector('button')

describe('OperationDetail', () => {
  it('shouldShowHowFarItIs', async () => {
    const place = await open({ steps: [step('download:heartbeat', 'done'), step('unpack:heartbeat', 'running')] })

    expect(place.querySelector('progress')?.value).toBe(50)
    const steps = [...place.querySelectorAll('.step')].map((line) => line.textContent?.replace(/\s+/g, ' ').trim())
    expect(steps).toEqual(['Download heartbeat done3 s', 'Unpack and check heartbeat under way40 %'])
  })

  it('shouldAskForTheEndOnceAndSayWhenItIsRefused', async () => {
    refusal = Response.json({ code: 'conflict', status: 409, detail: 'It is past the point of return.' }, { status: 409 })
    const place = await open({})
    await expect.poll(() => cancel(place)?.textContent).toContain('Stop and undo')

    cancel(place)!.click()
    cancel(place)?.click()

    await expect.poll(() => useTrayStore().refusals.map(({ problem }) => problem.detail)).toEqual(['It is past the point of return.'])
    expect(asked).toEqual(['POST operations/op-1/cancel'])
    await expect.poll(() => cancel(place), { message: 'it may be asked for again' }).not.toBeNull()
  })

  it('shouldNotOfferTheEndToViewersNorTwiceNorAfterIt', async () => {
    for (const [parts, role] of [
      [{}, 'viewer'],
      [{ cancel_requested: true }, 'operator'],
      [{ status: 'succeeded' as const, ended_at: '2026-01-01T00:00:09Z' }, 'operator'],
    ] as const) {
      expect(cancel(await open(parts, role))).toBeNull()
      mounted.unmount()
    }
    expect(cancel(await open({}))).not.toBeNull()
  })

  it('shouldNotTakeAnEndThatWasAskedForAsAFault', async () => {
    const problem = { type: '/problems/conflict', title: 'Conflict', status: 409, code: 'conflict' as const, detail: 'It was stopped: cancelled by otto.' }
    const place = await open({ status: 'cancelled', ended_at: '2026-01-01T00:00:09Z', problem })

    expect(place.textContent).toContain('It was stopped: cancelled by otto.')
    expect(place.querySelector('[data-problem], [role=alert]')).toBeNull()
  })

  it('shouldSayAtWhichStepItFailedWhyAndWhatWasUndone', async () => {
    const place = await open({
      status: 'failed',
      ended_at: '2026-01-01T00:00:09Z',
      steps: [step('unpack:heartbeat', 'undone'), step('start:heartbeat', 'failed', 'Ended with code 3.'), step('finish:heartbeat', 'skipped')],
      problem: { type: '/problems/start-failed', title: 'Start failed', status: 500, code: 'start-failed', detail: 'heartbeat ended with code 3.' },
    })

    expect(place.querySelector('.step--failed')?.textContent).toContain('Ended with code 3.')
    expect(place.querySelector('.step--undone')?.textContent).toContain('undone')
    const problem = place.querySelector('[data-problem="start-failed"]')?.textContent
    expect(problem).toContain('heartbeat ended with code 3.')
    expect(problem).toContain('Its log and its last exit say why.')
  })
})
