import type { Locator, Page } from 'playwright-core'
import { describe, it } from 'vitest'
import { see, shoot } from '../browser.ts'
import { DESKTOP, go, lookAtAll, page, PHONE } from './story.ts'

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
    ['ros', '/ros', (it) => it.locator('[data-node="/arm/driver"]').getByRole('link', { name: 'Arm' })],
    ['system', '/system', (it) => it.getByText('Versions on the disk')],
    ['users', '/users', (it) => it.locator('[data-user="vera"]')],
    ['nowhere', '/nowhere', (it) => it.getByRole('heading', { name: 'There is no such page' })],
  ]

  it.each(VIEWS)('shouldBeAccessibleAndFitAPhone: %s', async (name, path, sign) => {
    await go(path)
    await see(sign(page))
    await lookAtAll(name, sign(page))
    if (name !== 'overview') return
    await page.setViewportSize(PHONE)
    await shoot(page, 'overview-phone', false)
    await page.setViewportSize(DESKTOP)
  })
})
