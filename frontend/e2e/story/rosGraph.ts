import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, PATIENCE, see, shoot } from '../browser.ts'
import { armCommand } from '../ros.ts'
import { button, DESKTOP, dismissAll, ended, go, installFile, lookAtAll, page, rest, row, service } from './story.ts'

/** The bridge is connected to a graph of this machine alone, with one module's node in it and one that is nobody's. */
describe('the graph of ROS 2', () => {
  const node = (name: string): Locator => page.locator(`[data-node="${name}"]`)
  const topic = (name: string): Locator => page.locator(`[data-topic="${name}"]`)
  const called = (name: string): Locator => page.locator(`[data-service="${name}"]`)
  const heard = (text: string): Locator => topic('/arm/state').locator('[data-message]').getByText(`{"data":"${text}"}`)

  const unfold = (line: Locator): Promise<void> => line.locator('summary').first().click()

  it('shouldTellTheNodesOfModulesFromOrphans', async () => {
    await installFile(service.nodePackage('arm', '/arm/driver', armCommand('/arm')))
    await see(ended('succeeded'))
    await dismissAll()
    service.startStranger('/stray')
    await go('/ros')

    await see(page.locator('[data-connected="true"]'))
    await see(node('/stray/driver').getByText('belongs to no module'))
    await see(node('/arm/driver').getByRole('link', { name: 'Arm' }))
    const { id } = (await rest.call('GET', 'system')) as { id: string }
    await see(node(`/${id}/modulemanager`).getByText('this manager'))
    await page.getByLabel('Search names and types').fill('stray')
    await gone(node('/arm/driver'))
    await page.getByLabel('Search names and types').fill('')
  })

  it('shouldFollowATopic', async () => {
    await unfold(topic('/arm/state'))
    await see(topic('/arm/state').getByText('reliable, volatile'))
    await button('Follow', topic('/arm/state')).click()

    await see(heard('at rest'))
  })

  it('shouldPublishAMessageAndCallAService', async () => {
    const command = topic('/arm/command')
    await unfold(command)
    await command.getByText('Publish a message').click()
    await command.getByLabel('Message').fill('{"data": "waving"}')
    const publish = async (): Promise<boolean> => {
      await button('Publish', command).click()
      await see(command.getByText(/^It is published/))
      return command.getByText('It is published, to one subscription.').isVisible()
    }
    // A publisher looks for its subscriptions for two seconds, which may be too short for a loaded machine the first time.
    await expect.poll(publish, { timeout: PATIENCE }).toBe(true)
    await see(heard('waving'))

    const home = called('/arm/home')
    await unfold(home)
    await home.getByLabel('Wait for the answer').fill('60')
    await button('Call', home).click()
    await see(home.getByText('"message": "at home"'))
    await see(heard('at home'))
    await page.getByLabel('Search names and types').fill('/arm/')
    await gone(node('/stray/driver'))
    await lookAtAll('ros-used', heard('at home'))
    await page.setViewportSize({ width: DESKTOP.width, height: 1_160 })
    await page.evaluate(() => {
      document.querySelector('[data-topic="/arm/command"]')!.closest('section')!.scrollIntoView()
      // The bar stays at the top of the window.
      window.scrollBy(0, -80)
    })
    await shoot(page, 'ros-guide', false)
    await page.setViewportSize(DESKTOP)
  })

  it('shouldSayWhatIsNotOfTheTypeAndWhatIsNotAllowed', async () => {
    const command = topic('/arm/command')
    await command.getByLabel('Message').fill('{"data": 5}')
    await button('Publish', command).click()
    await see(command.locator('[data-problem="invalid-request"]').getByText('/message/data').first())
    expect(await command.getByLabel('Message').inputValue()).toBe('{"data": 5}')
    expect(await command.getByLabel('Message').getAttribute('aria-invalid')).toBe('true')

    const state = topic('/arm/state')
    await state.getByText('Publish a message').click()
    await button('Publish', state).click()
    await see(state.locator('[data-problem="forbidden"]').getByText('mm.ros2.publish-allowed'))
    await shoot(page, 'ros-refused-light-desktop')
  })

  it('shouldEndTheFollowing', async () => {
    const follows = async (): Promise<number> => ((await rest.call('GET', 'ros/graph')) as { bridge: { counters: { echoes: number } } }).bridge.counters.echoes
    expect(await follows()).toBe(1)
    await button('Stop following', topic('/arm/state')).click()

    await see(button('Follow', topic('/arm/state')))
    await expect.poll(follows, { timeout: PATIENCE }).toBe(0)
    await see(heard('at home'))
  })

  it('shouldSayThatWhatIsUnderWayCanNoLongerBeUndone', async () => {
    // Its node never comes, and so it does not run for as long as it may take.
    await installFile(service.nodePackage('late', '/late/driver', ['sleep', '1000']))
    await page.getByRole('link', { name: /^Install late$/i }).first().click()
    const operation = page.locator('article[data-operation]')
    await see(operation.locator('.step--running').getByText('Start late'))
    await button('Stop and undo', operation).click()

    await see(page.locator('[data-problem="conflict"]').getByText('past the point at which it could be undone'))
    await shoot(page, 'cancel-refused-light-desktop')
    await dismissAll()
    await rest.call('POST', 'modules/late/stop')
    await expect.poll(async () => (await rest.module('late')).state.phase, { timeout: PATIENCE }).toBe('stopped')
    await rest.call('DELETE', 'modules/late')
    await go('/modules')
    await see(row('arm'))
    await gone(row('late'))
    await dismissAll()
  })
})
