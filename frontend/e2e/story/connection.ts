import { describe, expect, it } from 'vitest'
import { PATIENCE, see, shoot } from '../browser.ts'
import { dismissAll, go, page, phase, row, service } from './story.ts'

describe('the connection', () => {
  it('shouldSayThatItIsLostAndComeBackByItself', async () => {
    await go('/modules')
    await see(row('heartbeat'))
    await service.stop()

    await see(page.getByText('Connection to the robot lost.'))
    await see(page.getByText(/What you see is \d+ s old/))
    await see(row('heartbeat'))
    await shoot(page, 'lost-light-desktop')
    await row('heartbeat').locator('[data-action="stop"]').click()
    await see(page.getByText('The robot does not answer'))
    await dismissAll()

    await service.start()
    await see(page.getByTestId('connection').getByText('Live'))
    await expect.poll(() => phase('heartbeat'), { timeout: PATIENCE }).toBe('running')
  })

  it('shouldWorkBehindAPrefix', async () => {
    await page.goto(service.prefixedUrl)
    await see(page.getByTestId('verdict'))
    expect(new URL(page.url()).pathname).toBe('/v2_modulemanager/')
    await page.getByRole('link', { name: 'Modules', exact: true }).click()
    await see(row('heartbeat'))
  })

  it('shouldLeadAnAddressWithoutAPageToIt', async () => {
    await page.goto(`${service.url}/modules/heartbeat`)
    await see(page.getByTestId('verdict'))
  })
})
