import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, PATIENCE, see, seriousFindings, shoot, showIn, type Session } from '../browser.ts'
import { Rest } from '../rest.ts'
import { Service, until } from '../service.ts'
import { login, PASSWORD, service } from './story.ts'

/** Another manager, whose bus is another one each time: first it is a client of the story's own router. */
describe('a manager on another bus', () => {
  let guest: Service
  let there: Session

  beforeAll(async () => {
    guest = await Service.start({ ZENOH_MODE: 'client', ZENOH_CONNECT: address() })
    const rest = new Rest(guest.url)
    await rest.login('admin', guest.initialPassword)
    await rest.call('POST', 'auth/password', { old_password: guest.initialPassword, new_password: PASSWORD })
    await rest.login('admin', PASSWORD)
    await rest.call('POST', 'modules', { name: 'heartbeat' })
    await until('heartbeat runs', PATIENCE, () =>
      rest.module('heartbeat').then(
        ({ state }) => state.phase === 'running',
        () => false,
      ),
    )
    there = await openBrowser()
    await there.page.goto(guest.url)
    await login('admin', PASSWORD, there.page)
    await see(there.page.getByTestId('verdict'))
  })
  afterAll(async () => {
    await there?.close()
    await guest?.stop()
    guest?.remove()
  })

  const address = (): string => `tcp/127.0.0.1:${service.busPort}`
  const visit = (path: string): Promise<unknown> => there.page.goto(`${guest.url}/#${path}`)

  async function restart(settings: Record<string, string>): Promise<void> {
    await guest.stop()
    await guest.start(settings)
    await there.page.reload()
    await see(there.page.getByTestId('connection').getByText('Live'))
  }

  async function shootBus(name: string): Promise<void> {
    for (const theme of ['dark', 'light'] as const) {
      await showIn(there.page, theme)
      expect(await seriousFindings(there.page)).toEqual([])
      await shoot(there.page, `${name}-${theme}-desktop`)
    }
  }

  it('shouldShowTheRouterItIsAClientOf', async () => {
    await visit('/bus')
    await see(there.page.locator('[data-connected="true"]'))
    await see(there.page.getByText('a client of another router'))
    await see(there.page.getByText('Connects to', { exact: true }))
    await see(there.page.getByText('only its router knows'))
    await see(there.page.getByText(address(), { exact: true }))
    await shootBus('bus-client')
  })

  it('shouldSayThatTheRouterIsGoneAndThatModulesCannotBeAsked', async () => {
    await service.stop()
    await see(there.page.locator('[data-connected="false"]'))
    await shootBus('bus-down')
    await visit('/modules/heartbeat/parameters')

    const refusal = there.page.locator('[data-problem="bus-unavailable"]')
    await see(refusal.getByText('The page Bus says why; it connects again by itself.'))
    await shoot(there.page, 'bus-unavailable-light-desktop')

    await service.start()
    await visit('/bus')
    await see(there.page.locator('[data-connected="true"]'))
  })

  it('shouldShowTheRouterBeyondItsOwn', async () => {
    await restart({ ZENOH_CONNECT: address() })
    await visit('/bus')
    await see(there.page.getByText('the router that modules connect to'))
    await see(there.page.getByText('Router beyond'))
    await see(there.page.getByText(address(), { exact: true }))
    await expect.poll(() => there.page.locator('[data-upstream]').getAttribute('data-upstream'), { timeout: PATIENCE }).toBe('true')
    await shootBus('bus-upstream')
  })

  it('shouldNotOfferWhatItDoesNotHave', async () => {
    await restart({ VYRA_ZENOH_ENABLED: 'false' })
    await visit('/modules/heartbeat/parameters')

    await see(there.page.locator('[data-problem="not-implemented"]').getByText('This robot does not offer this'))
    expect(await there.page.getByRole('alert').count(), 'that is no fault').toBe(0)
    await shoot(there.page, 'bus-absent-light-desktop')
    await visit('/system')
    await see(there.page.getByText('Bus: not there'))
    expect(await there.page.getByRole('link', { name: 'Bus', exact: true }).count()).toBe(0)
    expect(there.complaints).toEqual([])
  })
})
