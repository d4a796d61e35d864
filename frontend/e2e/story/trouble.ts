import { describe, expect, it } from 'vitest'
import { gone, PATIENCE, see, shoot } from '../browser.ts'
import { button, dialog, dismissAll, ended, go, install, page, rest, row } from './story.ts'

describe('a module in trouble', () => {
  it('shouldPutWhatIsWrongFirstAndFixItInTwoTaps', async () => {
    await install('crasher')
    await go('/')
    const trouble = page.locator('article[data-module="crasher"]')
    await see(trouble)
    await see(page.getByTestId('verdict').getByText('1 of 3 modules needs attention'))
    await see(trouble.getByText('Ended with code 3'))
    await see(trouble.getByText('Next attempt'))
    const evidence = trouble.getByText("configuration key 'target' is missing")
    await trouble.locator('summary').click()
    await see(evidence)
    await shoot(page, 'overview-trouble-light-desktop', false)

    const { restarts } = (await rest.module('crasher')).runtime
    await expect.poll(async () => (await rest.module('crasher')).runtime.restarts, { timeout: PATIENCE }).toBeGreaterThan(restarts + 1)
    await see(trouble.getByText('Next attempt'))
    expect(await evidence.isVisible(), 'what somebody reads stays unfolded while it ends again and again').toBe(true)
    await button('Stop', trouble).click()

    await see(page.getByText('All 3 modules do what they should'))
    await dismissAll()
  })

  it('shouldShowDependenciesAndRefuseToRemoveWhatIsNeeded', async () => {
    await install('follower')
    await see(ended('succeeded'))
    await dismissAll()
    await go('/modules/heartbeat/dependencies')
    await see(page.getByRole('cell', { name: 'Follower' }))
    await button('More for Heartbeat').click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await dialog().getByLabel('Type heartbeat to confirm').fill('heartbeat')
    await button('Remove', dialog()).click()

    await see(dialog().getByText('Other modules need this one'))
    await page.keyboard.press('Escape')
    await gone(dialog())
  })

  it('shouldSayWhatAModuleWaitsFor', async () => {
    for (const name of ['follower', 'heartbeat']) {
      await rest.call('POST', `modules/${name}/stop`)
      await expect.poll(async () => (await rest.module(name)).state.phase, { timeout: PATIENCE }).toBe('stopped')
    }
    await rest.call('POST', 'modules/follower/start')
    await go('/modules/follower')
    const blocker = page.locator('[data-blocker]')
    await see(blocker.getByText('Stopped', { exact: true }))
    await shoot(page, 'blocked-light-desktop')
    await blocker.getByRole('link', { name: 'Heartbeat' }).click()
    await see(page.getByRole('heading', { name: 'Heartbeat', level: 1 }))
    await rest.call('POST', 'modules/heartbeat/start')

    await go('/modules/follower')
    await see(page.locator('header [data-phase="running"]'))
    await gone(blocker)
    await dismissAll()
  })

  it('shouldShowBothWhenSomebodyElseChangedIt', async () => {
    const { id } = await rest.module('fragile')
    await go('/modules')
    await button('More for Fragile').click()
    await page.getByRole('menuitem', { name: 'Edit settings' }).click()
    await dialog().getByLabel('Alias').fill('mine')
    await rest.call('PATCH', `modules/${id}`, { alias: 'theirs' }, { 'If-Match': '*' })
    await expect.poll(() => row('fragile').textContent(), { timeout: PATIENCE }).toContain('theirs')
    await button('Save', dialog()).click()

    await see(dialog().getByText('Somebody else changed this module meanwhile.'))
    await see(dialog().getByRole('cell', { name: 'mine' }))
    await see(dialog().getByRole('cell', { name: 'theirs' }))
    expect(await dialog().getByLabel('Alias').inputValue()).toBe('mine')
    await shoot(page, 'conflict-light-desktop', false)
    await button('Save mine anyway', dialog()).click()
    await gone(dialog())
    await expect.poll(() => row('fragile').textContent(), { timeout: PATIENCE }).toContain('mine')
    await dismissAll()
  })

  it('shouldShowAtTheFieldWhatIsNotValid', async () => {
    await button('More for Fragile').click()
    await page.getByRole('menuitem', { name: 'Edit settings' }).click()
    await dialog().getByLabel('Alias').fill('Not Valid')
    await button('Save', dialog()).click()

    await expect.poll(() => dialog().getByLabel('Alias').getAttribute('aria-invalid'), { timeout: PATIENCE }).toBe('true')
    await page.keyboard.press('Escape')
    await gone(dialog())
  })
})
