import { describe, expect, it } from 'vitest'
import { gone, PATIENCE, see, seriousFindings, shoot } from '../browser.ts'
import { button, dialog, dismissAll, ended, go, install, page, phase, rest, row, showIn } from './story.ts'

describe('the life of a module', () => {
  it('shouldInstallAfterShowingThePlan', async () => {
    await go('/catalogue')
    await see(page.locator('[data-offer="crasher"]'))
    await page.getByLabel('Search name, description, author').fill('heartb')
    await gone(page.locator('[data-offer="crasher"]'))
    await see(page.locator('[data-offer="heartbeat"]'))
    await button('Install', page.locator('[data-offer="heartbeat"]')).click()
    await dialog().getByLabel('Version').selectOption('1.0.0')
    const plan = dialog().getByTestId('plan')
    await see(plan.getByText('Downtime'))
    await see(plan.getByText('heartbeat'))
    for (const theme of ['dark', 'light'] as const) {
      await showIn(theme)
      expect(await seriousFindings(page)).toEqual([])
      await shoot(page, `plan-${theme}-desktop`, false)
    }
    await button('Install', dialog()).click()

    await see(page.locator('[data-operation]'))
    await see(ended('succeeded'))
    await go('/modules')
    await expect.poll(() => phase('heartbeat'), { timeout: PATIENCE }).toBe('running')
    expect((await rest.module('heartbeat')).version).toBe('1.0.0')
    await dismissAll()
  })

  it('shouldShowThatAKilledProcessComesBack', async () => {
    await row('heartbeat').getByRole('link', { name: 'Heartbeat', exact: true }).click()
    await see(page.getByRole('heading', { name: 'Heartbeat', level: 1 }))
    const { pid } = (await rest.module('heartbeat')).runtime
    await see(page.getByText(`process ${pid}`))
    process.kill(pid!, 'SIGKILL')

    await see(page.getByText('Ended by signal 9'))
    await expect.poll(async () => (await rest.module('heartbeat')).runtime.pid ?? pid, { timeout: PATIENCE }).not.toBe(pid)
    const after = (await rest.module('heartbeat')).runtime.pid
    await see(page.getByText(`process ${after}`))
    await see(page.locator('header [data-phase="running"]'))
  })

  it('shouldFollowTheLogUntilSomebodyScrolls', async () => {
    await page.getByRole('link', { name: 'Log', exact: true }).click()
    const log = page.getByRole('log')
    await see(log.getByText(/heartbeat 1\.0\.0: beat \d+/))
    const last = async () => Number(/: beat (\d+)/.exec((await log.locator('.line').last().textContent()) ?? '')?.[1])
    const before = await last()
    await expect.poll(last, { timeout: PATIENCE }).toBeGreaterThan(before)

    await page.getByLabel('Follow').uncheck()
    await see(button(/new lines?$/))
    await button(/new lines?$/).click()
    expect(await page.getByLabel('Follow').isChecked()).toBe(true)

    await page.getByLabel('Search in the log').fill(': beat 2')
    await see(log.locator('mark'))
    const lines = await log.locator('.line').allTextContents()
    expect(lines.filter((line) => !line.includes(': beat 2'))).toEqual([])
    await page.getByLabel('Search in the log').fill('')
    const [file] = await Promise.all([page.waitForEvent('download'), button('Download').click()])
    expect(file.suggestedFilename()).toBe('heartbeat.log')
  })

  it('shouldUpdate', async () => {
    await go('/modules')
    await button('More for Heartbeat').click()
    await page.getByRole('menuitem', { name: 'Update' }).click()
    await see(dialog().getByTestId('plan').getByText('1.0.0 → 1.1.0'))
    await button('Update', dialog()).click()
    await gone(dialog())

    await see(ended('succeeded'))
    await expect.poll(() => row('heartbeat').textContent(), { timeout: PATIENCE }).toContain('1.1.0')
    expect((await rest.module('heartbeat')).version).toBe('1.1.0')
    await dismissAll()
  })

  it('shouldRollBackWhenAsked', async () => {
    await button('More for Heartbeat').click()
    await page.getByRole('menuitem', { name: 'Roll back' }).click()
    await see(dialog().getByText('Kept on the disk: 1.0.0.'))
    await shoot(page, 'rollback-light-desktop', false)
    await button('Roll back', dialog()).click()
    await gone(dialog())

    await see(ended('succeeded'))
    expect((await rest.module('heartbeat')).version).toBe('1.0.0')
    await expect.poll(() => phase('heartbeat'), { timeout: PATIENCE }).toBe('running')
    await see(row('heartbeat').getByText('is available'))
    await dismissAll()
  })

  it('shouldSuspendAndResume', async () => {
    await button('More for Heartbeat').click()
    await page.getByRole('menuitem', { name: 'Suspend' }).click()
    await expect.poll(() => phase('heartbeat'), { timeout: PATIENCE }).toBe('suspended')

    await row('heartbeat').locator('[data-action="resume"]').click()

    await expect.poll(() => phase('heartbeat'), { timeout: PATIENCE }).toBe('running')
    await dismissAll()
  })

  it('shouldSayThatABadUpdateWasRolledBackAndWhy', async () => {
    await install('fragile', '1.0.0')
    await see(ended('succeeded'))
    await dismissAll()
    await go('/modules')
    await button('More for Fragile').click()
    await page.getByRole('menuitem', { name: 'Update' }).click()
    await see(dialog().getByTestId('plan').getByText('1.0.0 → 2.0.0'))
    await button('Update', dialog()).click()

    await see(ended('rolled_back'))
    await page.getByRole('link', { name: 'Update Fragile' }).first().click()
    await see(page.getByText('The new version did not stay healthy'))
    await shoot(page, 'rolled-back-light-desktop')
    expect((await rest.module('fragile')).version).toBe('1.0.0')
    await go('/modules')
    await expect.poll(() => phase('fragile'), { timeout: PATIENCE }).toBe('running')
    await dismissAll()
  })
})
