import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, PATIENCE, see, seriousFindings, shoot, showIn, type Session } from '../browser.ts'
import { Rest } from '../rest.ts'
import { Service, until } from '../service.ts'
import { button, login, lookAtAll, PASSWORD, service } from './story.ts'

/** Another manager, whose bus is another one each time: first it is a client of the story's own router. */
describe('a manager on another bus', () => {
  let guest: Service
  let rest: Rest
  let there: Session

  beforeAll(async () => {
    // It watches an update for as long as this story takes.
    guest = await Service.start({ ZENOH_MODE: 'client', ZENOH_CONNECT: address(), MM_JAVA_OPTS: '-Dvyra.probation=30m' })
    rest = new Rest(guest.url)
    await rest.login('admin', guest.initialPassword)
    await rest.call('POST', 'auth/password', { old_password: guest.initialPassword, new_password: PASSWORD })
    await rest.login('admin', PASSWORD)
    await rest.call('POST', 'modules', { name: 'heartbeat', version: '1.0.0' })
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

  it('shouldShowTheStepsOfWhatIsUnderWayAndUndoThemWhenItIsStopped', async () => {
    await visit('/modules')
    await button('More for Heartbeat', there.page).click()
    await there.page.getByRole('menuitem', { name: 'Update' }).click()
    const plan = there.page.getByRole('dialog')
    await see(plan.getByTestId('plan').getByText('1.0.0 → 1.1.0'))
    await button('Update', plan).click()
    await there.page.getByRole('link', { name: 'Update Heartbeat' }).first().click()
    const operation = there.page.locator('article[data-operation]')
    const watching = operation.locator('.step--running').getByText('stays healthy')
    await see(watching)
    await lookAtAll('operation', watching)
    await button('Stop and undo', operation).click()

    await see(there.page.locator('article[data-status="cancelled"]'))
    await see(operation.locator('.step--undone'))
    await shoot(there.page, 'operation-cancelled-light-desktop')
    expect(await rest.module('heartbeat')).toMatchObject({ version: '1.0.0', state: { phase: 'running' } })
  })

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
    await restart({ VYRA_ZENOH_ENABLED: 'false', MM_ROS2_ENABLED: 'false' })
    await visit('/modules/heartbeat/parameters')

    await see(there.page.locator('[data-problem="not-implemented"]').getByText('This robot does not offer this'))
    expect(await there.page.getByRole('alert').count(), 'that is no fault').toBe(0)
    await shoot(there.page, 'bus-absent-light-desktop')
    await visit('/system')
    await see(there.page.getByText('Bus: not there'))
    await see(there.page.getByText('ROS 2: not there'))
    for (const name of ['Bus', 'ROS graph']) expect(await there.page.getByRole('link', { name, exact: true }).count()).toBe(0)
    await visit('/ros')
    await see(there.page.locator('[data-absent]').getByText('mm.ros2.enabled'))
    await shoot(there.page, 'ros-off-light-desktop')
    expect(there.complaints).toEqual([])
  })
})
