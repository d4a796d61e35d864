import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gone, SCREENSHOTS, see, shoot } from '../browser.ts'
import { browser, button, dialog, ended, go, page, rest, row, service } from './story.ts'

describe('the end', () => {
  it('shouldRemoveByName', async () => {
    await go('/modules')
    await button('More for Fragile').click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await dialog().getByLabel('Type fragile to confirm').fill('fragil')
    await button('Remove', dialog()).click()
    await see(dialog().getByText('That is not fragile.'))
    await shoot(page, 'remove-light-desktop', false)
    await dialog().getByLabel('Type fragile to confirm').fill('fragile')
    await button('Remove', dialog()).click()
    await gone(dialog())

    await gone(row('fragile'))
    await see(ended('succeeded'))
    await expect(rest.module('fragile')).rejects.toThrow('module-not-found')
  })

  it('shouldNeverHaveBrokenItsPolicyNorAskedElsewhere', () => {
    expect(browser.complaints).toEqual([])
    expect([...browser.hosts]).toEqual([new URL(service.url).host])
  })

  it('shouldLeaveThePicturesOfTheUserGuide', () => {
    const pictures = join(SCREENSHOTS, 'user-guide')
    mkdirSync(pictures, { recursive: true })
    // By their names in docs/images.
    for (const [name, shot] of [
      ['overview', 'overview-trouble-light-desktop'],
      ['plan', 'plan-light-desktop'],
      ['modules', 'modules-dark-desktop'],
      ['log', 'module-log-light-desktop'],
      ['parameters', 'module-parameters-light-desktop'],
      ['bus', 'bus-light-desktop'],
      ['ros', 'ros-guide'],
      ['phone', 'overview-phone'],
    ]) {
      copyFileSync(join(SCREENSHOTS, `${shot}.png`), join(pictures, `${name}.png`))
    }
  })
})
