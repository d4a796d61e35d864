import { describe, expect, it } from 'vitest'
import { gone, openBrowser, see, seriousFindings, shoot } from '../browser.ts'
import { browser, button, dialog, go, login, page, PASSWORD, rest, service } from './story.ts'

describe('people', () => {
  it('shouldCreateUsers', async () => {
    await go('/users')
    for (const [name, role] of [
      ['vera', 'viewer'],
      ['otto', 'operator'],
    ] as const) {
      await button('Add a user').click()
      await dialog().getByLabel('User name').fill(name)
      await dialog().getByLabel('Role').selectOption(role)
      await dialog().getByLabel('Password', { exact: true }).fill(PASSWORD)
      await dialog().getByLabel('Must choose a new password').uncheck()
      await button('Save', dialog()).click()
      await see(page.locator(`[data-user="${name}"]`))
    }
  })

  it('shouldOfferARoleOnlyWhatItMayDo', async () => {
    const vera = await openBrowser()
    try {
      await vera.page.goto(`${service.url}/#/modules`)
      await login('vera', PASSWORD, vera.page)
      await see(vera.page.locator('[data-module="heartbeat"]'))
      expect(await vera.page.locator('[data-action]').count()).toBe(0)
      expect(await vera.page.getByRole('link', { name: 'Users' }).count()).toBe(0)
      const status = await vera.page.evaluate(async () => (await fetch('api/v1/modules/heartbeat/stop', { method: 'POST' })).status)
      expect(status, 'the manager decides all the same').toBe(403)
      await button(/^vera/, vera.page).or(button(/Account and settings of vera/, vera.page)).first().click()
      await vera.page.getByRole('menuitem', { name: 'Log out' }).click()

      await login('otto', PASSWORD, vera.page)
      await see(vera.page.locator('[data-testid="verdict"]'))
      await vera.page.goto(`${service.url}/#/modules`)
      await see(vera.page.locator('[data-module="heartbeat"] [data-action="stop"]'))
      await button('More for Heartbeat', vera.page).click()
      await see(vera.page.getByRole('menuitem', { name: 'Suspend' }))
      expect(await vera.page.getByRole('menuitem', { name: 'Remove' }).count()).toBe(0)
      await vera.page.goto(`${service.url}/#/catalogue`)
      await see(vera.page.locator('[data-offer="heartbeat"]'))
      expect(await button('Install', vera.page).count()).toBe(0)
      expect(vera.complaints).toEqual([])
    } finally {
      await vera.close()
    }
  })

  it('shouldSayHowLongToWaitAfterTooManyWrongPasswords', async () => {
    await rest.call('POST', 'users', { username: 'wanda', password: PASSWORD, role: 'viewer', must_change_password: false })
    const wanda = await openBrowser()
    try {
      await wanda.page.goto(service.url)
      const wait = wanda.page.locator('[data-problem="too-many-requests"]')
      const answer = wait.or(wanda.page.getByText('The user name or the password is wrong.'))
      // Waits are short at first, and a slow machine may take longer for an attempt; each wrong one makes them longer.
      for (let attempts = 0; attempts < 15 && !(await wait.isVisible()); attempts++) {
        await login('wanda', `wrong ${attempts}`, wanda.page)
        await see(answer)
      }

      await see(wait.getByText('Too many attempts'))
      await see(wait.getByText(/^Wait \d+ .*, then try again\.$/))
      expect((await wait.textContent())?.match(/\bwait\b/gi), 'once is enough').toHaveLength(1)
      expect(await wanda.page.getByLabel('User name').inputValue()).toBe('wanda')
      await shoot(wanda.page, 'wait-light-desktop')
    } finally {
      await wanda.close()
    }
  })

  it('shouldGoOnAfterANewLoginWithoutLosingWhatWasTyped', async () => {
    await go('/repositories')
    await button('Add a repository').click()
    await dialog().getByLabel('Name').fill('Second')
    await dialog().getByLabel('Address').fill('file:///nowhere')
    await browser.context.clearCookies()
    await button('Save', dialog()).click()

    const again = page.getByRole('dialog', { name: 'Log in again' })
    await see(again)
    await again.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await button('Log in', again).click()
    await gone(again)
    await see(page.getByText('Second'))
    await see(page.getByText('file:///nowhere'))
  })

  it('shouldSayThatARoleWasTakenAwayAndKeepWhatWasTyped', async () => {
    await rest.call('POST', 'users', { username: 'dora', password: PASSWORD, role: 'developer', must_change_password: false })
    const dora = await openBrowser()
    try {
      await dora.page.goto(`${service.url}/#/modules`)
      await login('dora', PASSWORD, dora.page)
      await button('More for Fragile', dora.page).click()
      await dora.page.getByRole('menuitem', { name: 'Edit settings' }).click()
      const settings = dora.page.getByRole('dialog', { name: 'Settings of Fragile' })
      await settings.getByLabel('Alias').fill('doras')
      await rest.call('PATCH', 'users/dora', { role: 'viewer' })

      const again = dora.page.getByRole('dialog', { name: 'Log in again' })
      await see(again)
      expect(await seriousFindings(dora.page)).toEqual([])
      await shoot(dora.page, 'login-again-light-desktop', false)
      await again.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await button('Log in', again).click()
      await gone(again)
      await button('Save', settings).click()
      await see(settings.locator('[data-problem="forbidden"]').getByText('You may not do this'))
      expect(await settings.getByLabel('Alias').inputValue()).toBe('doras')
      await shoot(dora.page, 'forbidden-light-desktop', false)
      await dora.page.keyboard.press('Escape')
      await gone(settings)
      await gone(dora.page.locator('[data-action]'))
      await gone(dora.page.getByRole('link', { name: 'Install a module' }))
      expect(dora.complaints).toEqual([])
    } finally {
      await dora.close()
    }
  })

  it('shouldDeleteAUserByTheName', async () => {
    await go('/users')
    await button('More for dora').click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await dialog().getByLabel('Type dora to confirm').fill('dora')
    await button('Delete', dialog()).click()
    await gone(dialog())
    await gone(page.locator('[data-user="dora"]'))
    await go('/repositories')
  })

  it('shouldForgetARepositoryByItsName', async () => {
    const card = page.locator('li', { has: page.getByRole('heading', { name: 'Second' }) })
    await button('Read again', card).click()
    await see(card.getByText('Cannot be read'))
    await see(card.locator('[data-problem]'))
    await shoot(page, 'repository-failing-light-desktop')
    await button('Forget', card).click()
    await dialog().getByLabel('Type Second to confirm').fill('Second')
    await button('Forget', dialog()).click()
    await gone(dialog())
    await gone(page.getByText('file:///nowhere'))
  })
})
