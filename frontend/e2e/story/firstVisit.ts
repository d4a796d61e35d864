import { describe, expect, it } from 'vitest'
import { see, seriousFindings, shoot } from '../browser.ts'
import { button, login, page, PASSWORD, rest, service, showIn } from './story.ts'

describe('the first visit', () => {
  it('shouldRefuseAWrongPassword', async () => {
    await page.goto(service.url)
    await see(page.getByRole('heading', { name: 'Log in' }))
    for (const theme of ['light', 'dark'] as const) {
      await showIn(theme)
      expect(await seriousFindings(page)).toEqual([])
      await shoot(page, `login-${theme}-desktop`)
    }
    await showIn('light')
    await login('admin', 'wrong password')

    await see(page.getByText('The user name or the password is wrong.'))
  })

  it('shouldAskForANewPasswordBeforeAnythingElse', async () => {
    await login('admin', service.initialPassword)
    await see(page.getByRole('heading', { name: 'Choose a password' }))
    await page.getByLabel('Present password').fill(service.initialPassword)
    await page.getByLabel('New password', { exact: true }).fill('short')
    await page.getByLabel('New password again').fill('shorter')
    await button('Change password').click()
    await see(page.getByText('It has fewer than 10 characters.'))
    await see(page.getByText('The two new passwords differ.'))
    await shoot(page, 'password-light-desktop')

    await page.getByLabel('New password', { exact: true }).fill(PASSWORD)
    await page.getByLabel('New password again').fill(PASSWORD)
    await button('Change password').click()

    await see(page.getByText('No module is installed yet'))
    await rest.login('admin', PASSWORD)
  })
})
