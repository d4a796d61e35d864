import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { mount, type, type Mounted } from '../../test/mount'
import { ApiProblem } from '../api/problem'
import { aModule } from '../../test/samples'
import PhaseTag from '../features/modules/PhaseTag.vue'
import { useLocale } from '../i18n'
import ConfirmByName from './ConfirmByName.vue'
import ProblemMessage from './ProblemMessage.vue'
import QueryState from './QueryState.vue'

let mounted: Mounted | undefined

afterEach(async () => {
  mounted?.unmount()
  await useLocale('en')
})

describe('ProblemMessage', () => {
  it('shouldSayWhatHappenedWhyAndWhatToDo', () => {
    mounted = mount(ProblemMessage, { problem: new ApiProblem('module-needed', 409, 'follower needs it.') })

    const text = mounted.place.textContent
    expect(text).toContain('Other modules need this one')
    expect(text).toContain('follower needs it.')
    expect(text).toContain('Stop or remove those named first.')
    expect(mounted.place.querySelector('[role=alert]')).not.toBeNull()
  })

  it('shouldSayItInGermanAndMarkTheManagersOwnWords', async () => {
    await useLocale('de')
    mounted = mount(ProblemMessage, { problem: new ApiProblem('module-needed', 409, 'follower needs it.') })

    expect(mounted.place.textContent).toContain('Andere Module brauchen dieses')
    expect(mounted.place.querySelector('[lang=en]')?.textContent).toBe('follower needs it.')
  })

  it('shouldNameTheEntryInTheLog', () => {
    mounted = mount(ProblemMessage, { problem: new ApiProblem('internal-error', 500, 'Broken.', [], 90, 'abc123') })

    expect(mounted.place.textContent).toContain('abc123')
    expect(mounted.place.textContent).toContain('Wait 1 min 30 s.')
  })

  it('shouldListThePlacesThatNoFieldShows', () => {
    const errors = [
      { pointer: '/alias', detail: 'is too long' },
      { pointer: '/pins/0', detail: 'is no number' },
      { pointer: '?start', detail: 'is no flag' },
    ]
    mounted = mount(ProblemMessage, { problem: new ApiProblem('invalid-request', 422, 'It has faults.', errors), fields: ['/alias', '/pins'] })

    expect([...mounted.place.querySelectorAll('li')].map((line) => line.textContent?.trim())).toEqual(['?start is no flag'])
  })
})

describe('QueryState', () => {
  it('shouldTakeABusThatComesBackByItselfAsNoFaultAndOfferToTryAgain', () => {
    mounted = mount(QueryState, { pending: false, error: new ApiProblem('bus-unavailable', 503, 'There is no router.'), retry: () => {} })

    expect(mounted.place.querySelector('[role=status]')?.textContent).toContain('The bus to the modules is not connected')
    expect(mounted.place.querySelector('button')?.textContent).toContain('Try again')
  })

  it('shouldSayWhenItIsWorthTryingAgain', () => {
    mounted = mount(QueryState, { pending: false, error: new ApiProblem('too-many-requests', 429, '4 requests wait already.', [], 2) })

    const text = mounted.place.querySelector('[role=alert]')?.textContent ?? ''
    expect(text).toContain('Wait 2 s, then try again.')
    expect(text.match(/\bwait\b/gi), 'the cause and what to do, each said once').toHaveLength(2)
  })

  it('shouldTakeWhatTheRobotDoesNotOfferAsNoFault', () => {
    mounted = mount(QueryState, { pending: false, error: new ApiProblem('not-implemented', 501, 'The manager has no bus.') })

    expect(mounted.place.querySelector('[role=alert]')).toBeNull()
    expect(mounted.place.querySelector('[role=status]')?.textContent).toContain('This robot does not offer this')
  })
})

describe('ConfirmByName', () => {
  async function open(): Promise<{ confirmed: () => number; dialog: HTMLElement }> {
    let count = 0
    mounted = mount(ConfirmByName, {
      open: true,
      title: 'Remove',
      name: 'heartbeat',
      consequence: 'It is gone.',
      confirm: 'Remove',
      busy: false,
      problem: null,
      onConfirmed: () => (count += 1),
    })
    await expect.poll(() => document.querySelector('[role=dialog] form')).not.toBeNull()
    return { confirmed: () => count, dialog: document.querySelector<HTMLElement>('[role=dialog]')! }
  }

  it('shouldDoNothingUntilTheNameIsTyped', async () => {
    const { confirmed, dialog } = await open()
    const form = dialog.querySelector('form')!

    await type(dialog.querySelector('input')!, 'heart')
    form.dispatchEvent(new Event('submit', { cancelable: true }))
    await nextTick()
    expect(confirmed()).toBe(0)
    expect(dialog.textContent).toContain('That is not heartbeat.')

    await type(dialog.querySelector('input')!, 'heartbeat')
    form.dispatchEvent(new Event('submit', { cancelable: true }))
    await nextTick()
    expect(confirmed()).toBe(1)
  })
})

describe('PhaseTag', () => {
  it('shouldTellTheStateInWordsAndNotByColourAlone', () => {
    mounted = mount(PhaseTag, { module: aModule({ state: { phase: 'running', health: 'warning' } }) })

    expect(mounted.place.textContent?.trim()).toBe('Running, with a warning')
    expect(mounted.place.querySelector('.tag--warn svg')).not.toBeNull()
  })
})
