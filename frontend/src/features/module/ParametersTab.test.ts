import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mount, type, type Mounted } from '../../../test/mount'
import { aModule } from '../../../test/samples'
import { roleValues } from '../../api/schema'
import { useSessionStore } from '../auth/sessionStore'
import ParametersTab from './ParametersTab.vue'

const CHANGE = { id: 17, at: '2026-01-01T00:00:00Z', author: 'anna', before: { speed: 1 }, after: { speed: 2 } }
const REFUSAL = "'speed' takes no such value, and only the module knows why."

interface Asked {
  method: string
  path: string
  body: unknown
}

let mounted: Mounted
let asked: Asked[]
let values: Record<string, unknown>
/** Where the module's refusals point. */
let refused: string

beforeEach(() => {
  asked = []
  values = { speed: 2 }
  refused = '/speed'
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname.replace(/^.*\/modules\/[^/]+\//, '')
    const body: unknown = request.method === 'GET' ? undefined : await request.json()
    asked.push({ method: request.method, path, body })
    const answers: Record<string, unknown> = {
      'GET params': values,
      'GET params/history': { items: [CHANGE] },
      'GET interfaces': { interface_list: [], parameters: [{ name: 'speed', type: 'float', min: 0, max: 10, choices: [], description: 'turns a second' }] },
      'POST params/restore': { ...CHANGE, id: 18, before: CHANGE.after, after: CHANGE.before },
    }
    const answer = answers[`${request.method} ${path}`]
    if (answer) return Response.json(answer)
    const detail = `Module heartbeat_01 did not set its parameter 'speed': ${REFUSAL}`
    const errors = [{ pointer: refused, detail: REFUSAL }]
    return Response.json({ code: 'module-answered-with-error', status: 502, detail, errors }, { status: 502 })
  })
})
afterEach(() => {
  mounted.unmount()
  vi.unstubAllGlobals()
})

function open(module = aModule()): HTMLElement {
  mounted = mount(ParametersTab, { module })
  useSessionStore().user = { username: 'anna', role: roleValues.find((role) => role === 'developer')!, must_change_password: false }
  return mounted.place
}
const button = (place: HTMLElement, text: string) => [...place.querySelectorAll('button')].find((one) => one.textContent?.includes(text))

describe('ParametersTab', () => {
  it('shouldShowTheModulesRefusalAtItsFieldAndKeepWhatWasTyped', async () => {
    const place = open()
    await expect.poll(() => place.querySelector('input')?.value).toBe('2')

    await type(place.querySelector('input')!, '7')
    place.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))

    await expect.poll(() => place.querySelector('.field-error')?.textContent).toBe(REFUSAL)
    expect(place.querySelector('input')?.value).toBe('7')
    expect(asked.find(({ method }) => method === 'PUT')).toEqual({ method: 'PUT', path: 'params', body: { speed: 7 } })
  })

  it('shouldShowARefusalThatIsAboutASwitchBesideIt', async () => {
    values = { armed: false }
    refused = '/armed'
    const place = open()
    await expect.poll(() => place.querySelector('input[type=checkbox]')).not.toBeNull()

    place.querySelector<HTMLInputElement>('input[type=checkbox]')!.click()
    await expect.poll(() => button(place, 'Save one change')).toBeDefined()
    place.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))

    await expect.poll(() => place.querySelector('.field-error')?.textContent).toBe(REFUSAL)
    expect(place.querySelector('input')?.getAttribute('aria-describedby')).toBe(place.querySelector('.field-error')?.id)
  })

  it('shouldNotSendWhatIsOutOfRange', async () => {
    const place = open()
    await expect.poll(() => place.querySelector('input')?.value).toBe('2')

    await type(place.querySelector('input')!, '11')
    place.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))

    await expect.poll(() => place.querySelector('.field-error')?.textContent).toBe('This must be at most 10.')
    expect(asked.filter(({ method }) => method === 'PUT')).toEqual([])
  })

  it('shouldUndoByReturningToTheValuesFromBefore', async () => {
    const place = open()
    await expect.poll(() => button(place, 'Undo this change')).toBeDefined()

    button(place, 'Undo this change')!.click()

    await expect.poll(() => place.textContent).toContain('The values from before are back.')
    expect(asked.find(({ method }) => method === 'POST')).toEqual({ method: 'POST', path: 'params/restore', body: { before: 17 } })
  })

  it('shouldShowTheHistoryOfAModuleThatCannotAnswer', async () => {
    const place = open(aModule({ state: { phase: 'stopped' } }))

    await expect.poll(() => place.querySelector('[data-change]')).not.toBeNull()
    expect(place.querySelector('[data-silent]')?.textContent).toContain('“Stopped”')
    expect(asked.map(({ path }) => path)).toEqual(['params/history'])
    expect(button(place, 'Undo')).toBeUndefined()
  })
})
