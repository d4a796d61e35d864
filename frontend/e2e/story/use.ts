import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, openBrowser, PATIENCE, see, shoot } from '../browser.ts'
import { button, DESKTOP, dialog, dismissAll, ended, go, login, page, PASSWORD, phase, PHONE, rest, row, service } from './story.ts'

describe('use', () => {
  /** Goes on with the tabulator until this has the focus, which can be seen wherever it is. */
  async function tabTo(wanted: Locator): Promise<void> {
    const hasFocus = (): Promise<boolean> => wanted.first().evaluate((element) => element === document.activeElement)
    for (let i = 0; i < 100 && !(await hasFocus()); i++) {
      await page.keyboard.press('Tab')
      // After the last element the focus is nowhere before it is at the first again.
      expect(await page.evaluate(() => document.activeElement === document.body || getComputedStyle(document.activeElement!).outlineStyle !== 'none'), 'the focus can be seen').toBe(true)
    }
    expect(await hasFocus()).toBe(true)
  }

  it('shouldWorkByKeyboardAlone', async () => {
    await go('/modules')
    await see(row('heartbeat'))
    await page.reload()
    await see(row('heartbeat'))
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')

    const more = button('More for Heartbeat')
    await more.focus()
    await page.keyboard.press('Enter')
    await see(page.getByRole('menuitem', { name: 'Suspend' }))
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await see(dialog())
    expect(await dialog().evaluate((element) => element.contains(document.activeElement))).toBe(true)
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab')
      expect(await dialog().evaluate((element) => element.contains(document.activeElement)), 'the focus stays in the dialog').toBe(true)
    }
    await page.keyboard.press('Escape')
    await gone(dialog())
  })

  it('shouldUpdateAModuleWithoutAPointer', async () => {
    await go('/')
    await see(page.getByTestId('verdict'))
    await tabTo(page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Modules', exact: true }))
    await page.keyboard.press('Enter')
    await see(row('heartbeat'))
    await tabTo(button('More for Heartbeat'))
    await page.keyboard.press('Enter')
    const chosen = (): Promise<string | null> => page.locator('.menu [data-p-focused="true"]').textContent({ timeout: PATIENCE })
    await see(page.getByRole('menuitem', { name: 'Suspend' }))
    await page.keyboard.press('Home')
    for (let i = 0; i < 10 && !(await chosen())?.includes('Update'); i++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await see(dialog().getByTestId('plan').getByText('1.0.0 → 1.1.0'))
    await tabTo(button('Update', dialog()))
    await page.keyboard.press('Enter')
    await gone(dialog())
    await see(ended('succeeded'))
    expect((await rest.module('heartbeat')).version).toBe('1.1.0')

    await rest.call('POST', 'modules/heartbeat/rollback')
    await expect.poll(async () => (await rest.module('heartbeat')).version, { timeout: PATIENCE }).toBe('1.0.0')
    await expect.poll(() => phase('heartbeat'), { timeout: PATIENCE }).toBe('running')
    await dismissAll()
  })

  it('shouldTakeThemeAndLanguageFromTheMenu', async () => {
    const choose = async (name: string) => {
      await button('admin').click()
      await page.getByRole('menuitem', { name, exact: true }).click()
    }
    const root = (): Promise<string[]> => page.evaluate(() => [document.documentElement.dataset.theme ?? 'system', document.documentElement.lang])

    await choose('Theme: dark')
    await choose('Deutsch')
    await see(page.getByRole('heading', { name: 'Module', level: 1, exact: true }))
    expect(await root()).toEqual(['dark', 'de'])
    await page.reload()
    await see(row('heartbeat'))
    expect(await root(), 'this device remembers both').toEqual(['dark', 'de'])

    await choose('Darstellung: wie das Gerät')
    await choose('English')
    await see(page.getByRole('heading', { name: 'Modules', level: 1, exact: true }))
    expect(await root()).toEqual(['system', 'en'])
  })

  it('shouldKeepTwoHundredModulesAndAChattyLogFluid', async () => {
    const template = await rest.module('heartbeat')
    const modules = Array.from({ length: 200 }, (_, i) => {
      const instance = i.toString(16).padStart(32, '0')
      return { ...template, id: `heartbeat_${instance}`, instance_id: instance, display_name: `Module ${i}` }
    })
    const lines = Array.from({ length: 10_000 }, (_, i) => ({ at: new Date(1_750_000_000_000 + i).toISOString(), stream: 'stdout', text: `line ${i}` }))
    const snapshot = `id: 1\nevent: snapshot\ndata: ${JSON.stringify({ modules, operations: [] })}\n\n`
    const big = await openBrowser()
    try {
      // A stream that stays open, as the manager's does.
      await big.page.addInitScript((text) => {
        const real = window.fetch
        window.fetch = (input, init) => {
          if (!(input instanceof Request) || !input.url.includes('/api/v1/events')) return real(input, init)
          const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(text)) })
          return Promise.resolve(new Response(body, { status: 200 }))
        }
      }, snapshot)
      await big.page.route('**/logs?*', (route) => route.fulfill({ json: { items: lines } }))
      await big.page.goto(`${service.url}/#/modules`)
      await login('vera', PASSWORD, big.page)
      await see(big.page.getByText('Module 0', { exact: true }))
      expect(await big.page.locator('[role=row]').count()).toBeLessThan(60)
      await big.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
      await see(big.page.getByText('Module 99', { exact: true }))

      await big.page.goto(`${service.url}/#/modules/${modules[7]!.id}/log`)
      await see(big.page.getByText('line 9999', { exact: true }))
      expect(await big.page.getByRole('log').locator('.line').count()).toBeLessThan(120)
      await big.page.getByLabel('Level').selectOption('error')
      await see(big.page.getByText('No line fits.'))
      await big.page.getByLabel('Level').selectOption('debug')
      await see(big.page.getByText('line 9999', { exact: true }))
      await big.page.getByRole('log').hover()
      await big.page.mouse.wheel(0, -400)
      await expect.poll(() => big.page.getByLabel('Follow').isChecked(), { timeout: PATIENCE, message: 'who scrolls up is not pulled back' }).toBe(false)
      await big.page.evaluate(() => {
        const log = document.querySelector('[role=log]')!
        log.scrollTop = log.scrollHeight / 2
      })
      await see(big.page.getByText(/^line 5\d\d\d$/))
      expect(await big.page.getByRole('log').locator('.line').count(), 'a jump into the middle makes no more lines').toBeLessThan(120)
    } finally {
      await shoot(big.page, 'big-light-desktop', false)
      await big.close()
    }
  })

  it('shouldSpeakGerman', async () => {
    const german = await openBrowser('de-DE')
    try {
      await german.page.goto(service.url)
      await german.page.getByLabel('Benutzername').fill('admin')
      await german.page.getByLabel('Passwort', { exact: true }).fill(PASSWORD)
      await button('Anmelden', german.page).click()
      await see(german.page.getByText('Alle 6 Module tun, was sie sollen'))
      expect(await german.page.evaluate(() => document.documentElement.lang)).toBe('de')
      await german.page.goto(`${service.url}/#/modules`)
      await see(german.page.getByText('Läuft').first())
      await german.page.setViewportSize(PHONE)
      await shoot(german.page, 'modules-german-phone')
      await german.page.setViewportSize(DESKTOP)
      await shoot(german.page, 'modules-german-desktop')
      expect(german.complaints).toEqual([])
    } finally {
      await german.close()
    }
  })
})
