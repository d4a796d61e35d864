import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { see, seriousFindings, shoot } from '../browser.ts'
import { DESKTOP, go, page, PHONE, showIn } from './story.ts'

describe('every view', () => {
  const VIEWS: [name: string, path: string, sign: (page: Page) => Locator][] = [
    ['overview', '/', (it) => it.getByTestId('verdict')],
    ['modules', '/modules', (it) => it.locator('[data-module="heartbeat"]')],
    ['module', '/modules/heartbeat', (it) => it.getByRole('heading', { name: 'Transitions' })],
    ['module-log', '/modules/heartbeat/log', (it) => it.getByRole('log').getByText(/beat \d+/)],
    ['module-events', '/modules/heartbeat/feed', (it) => it.locator('[data-kind]')],
    ['module-parameters', '/modules/java_zenoh/parameters', (it) => it.locator('[data-change]')],
    ['module-interfaces', '/modules/java_zenoh/interfaces', (it) => it.locator('[data-group="own"]')],
    ['module-versions', '/modules/heartbeat/versions', (it) => it.getByRole('cell', { name: '1.0.0' })],
    ['module-dependencies', '/modules/heartbeat/dependencies', (it) => it.getByRole('cell', { name: 'Follower' })],
    ['operations', '/operations', (it) => it.locator('[data-operation]')],
    ['catalogue', '/catalogue', (it) => it.locator('[data-offer="notebook"]')],
    ['repositories', '/repositories', (it) => it.locator('[data-repository]')],
    ['events', '/events', (it) => it.locator('[data-kind]')],
    ['bus', '/bus', (it) => it.locator('[data-face^="java_zenoh"]')],
    ['ros', '/ros', (it) => it.locator('[data-absent], [data-connected]')],
    ['system', '/system', (it) => it.getByText('Versions on the disk')],
    ['users', '/users', (it) => it.locator('[data-user="vera"]')],
    ['nowhere', '/nowhere', (it) => it.getByRole('heading', { name: 'There is no such page' })],
  ]

  it.each(VIEWS)('shouldBeAccessibleAndFitAPhone: %s', async (name, path, sign) => {
    await go(path)
    await see(sign(page))
    const findings: string[] = []
    for (const theme of ['light', 'dark'] as const) {
      await showIn(theme)
      for (const [device, size] of [
        ['desktop', DESKTOP],
        ['phone', PHONE],
      ] as const) {
        await page.setViewportSize(size)
        await see(sign(page))
        findings.push(...(await seriousFindings(page)).map((finding) => `${theme}, ${device}: ${finding}`))
        await shoot(page, `${name}-${theme}-${device}`)
        if (device === 'phone') {
          expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing is beside the screen').toBeLessThanOrEqual(PHONE.width)
        }
      }
    }
    await page.emulateMedia({ colorScheme: 'light' })
    if (name === 'overview') await shoot(page, 'overview-phone', false)
    await page.setViewportSize(DESKTOP)
    expect(findings).toEqual([])
  })
})
