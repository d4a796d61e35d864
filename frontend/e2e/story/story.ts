import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { gone, openBrowser, see, seriousFindings, shoot, showIn as show, type Session } from '../browser.ts'
import { Rest } from '../rest.ts'
import { Service } from '../service.ts'

/** What the parts of the story share: one service, one administrator's browser, and what a person does in it. */

export const PASSWORD = 'correct horse battery'
export const DESKTOP = { width: 1280, height: 800 }
export const PHONE = { width: 360, height: 740 }

export let service: Service
export let browser: Session
export let page: Page
export let rest: Rest

export async function begin(): Promise<void> {
  service = await Service.start()
  browser = await openBrowser()
  page = browser.page
  rest = new Rest(service.url)
}

export async function end(): Promise<void> {
  await browser?.close()
  await service?.stop()
  service?.remove()
}

export const go = (path: string): Promise<unknown> => page.goto(`${service.url}/#${path}`)
export const button = (name: string | RegExp, where: Page | Locator = page): Locator => where.getByRole('button', { name, exact: typeof name === 'string' })
export const dialog = (): Locator => page.getByRole('dialog')
export const row = (name: string): Locator => page.locator(`[role=row][data-module="${name}"]`)
export const phase = (name: string): Promise<string | null> => row(name).locator('[data-phase]').getAttribute('data-phase')
export const showIn = (theme: 'light' | 'dark'): Promise<void> => show(page, theme)
export const ended = (status: string): Locator => page.locator(`[data-operation][data-status="${status}"]`)

export async function login(username: string, password: string, where = page): Promise<void> {
  await where.getByLabel('User name').fill(username)
  await where.getByLabel('Password', { exact: true }).fill(password)
  await button('Log in', where).click()
}

export async function dismissAll(): Promise<void> {
  while ((await button('Dismiss').count()) > 0) {
    // What went well may leave by itself in between.
    await button('Dismiss').first().click({ timeout: 1_000 }).catch(() => {})
  }
}

export async function install(offer: string, version?: string): Promise<void> {
  await go('/catalogue')
  await button(/^Install( another)?$/, page.locator(`[data-offer="${offer}"]`)).click()
  if (version) await dialog().getByLabel('Version').selectOption(version)
  await see(dialog().getByTestId('plan'))
  await button('Install', dialog()).click()
  await gone(dialog())
}

/** Sends a package file to be installed; how that ends is told by its operation. */
export async function installFile(file: string): Promise<void> {
  await go('/catalogue')
  await button('Install a file').click()
  await dialog().getByLabel('Package').setInputFiles(file)
  await button('Install', dialog()).click()
  await gone(dialog())
}

/**
 * Looks at what is shown, in both themes, on a desktop and on a phone: there is a picture of each, nothing is beside the phone's screen, and
 * axe-core finds nothing serious.
 *
 * @param sign what must be in sight
 * @param fullPage false for a dialog, which is no longer than the window
 */
export async function lookAtAll(name: string, sign: Locator, fullPage = true): Promise<void> {
  const where = sign.page()
  const findings: string[] = []
  for (const theme of ['light', 'dark'] as const) {
    await show(where, theme)
    for (const [device, size] of [
      ['desktop', DESKTOP],
      ['phone', PHONE],
    ] as const) {
      await where.setViewportSize(size)
      await see(sign)
      findings.push(...(await seriousFindings(where)).map((finding) => `${theme}, ${device}: ${finding}`))
      await shoot(where, `${name}-${theme}-${device}`, fullPage)
      if (device === 'phone') {
        expect(await where.evaluate(() => document.documentElement.scrollWidth), 'nothing is beside the screen').toBeLessThanOrEqual(PHONE.width)
      }
    }
  }
  await show(where, 'light')
  await where.setViewportSize(DESKTOP)
  expect(findings).toEqual([])
}
