import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, PATIENCE, see, shoot } from '../browser.ts'
import { browser, button, dialog, dismissAll, ended, go, installFile, page, rest, service } from './story.ts'

describe('a module on the bus', () => {
  const speed = (): Locator => page.getByLabel('speed', { exact: true })
  const changes = (): Locator => page.locator('[data-change]')
  const layer = (name: string): Locator => page.locator(`[data-layer="${name}"]`)

  it('shouldTellHowFarAFileIsAndLetItBeStopped', async () => {
    const known = await rest.operations()
    const network = await browser.context.newCDPSession(page)
    const upload = (bytesPerSecond: number) =>
      network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond })
    await network.send('Network.enable')
    await upload(250_000)
    await go('/catalogue')
    await button('Install a file').click()
    await dialog().getByLabel('Package').setInputFiles({ name: 'large.tar.gz', mimeType: 'application/gzip', buffer: Buffer.alloc(20_000_000, 7) })
    await button('Install', dialog()).click()

    await see(dialog().getByText(/^Sending: [1-9]\d?%, .* of 20 MB$/))
    await shoot(page, 'upload-light-desktop', false)
    await page.keyboard.press('Escape')
    await see(dialog().getByText(/^Sending/))
    await button('Stop sending', dialog()).click()
    await see(dialog().getByText('The sending was stopped. Nothing was installed.'))
    await upload(-1)
    await network.detach()
    await page.keyboard.press('Escape')
    await gone(dialog())
    expect(await rest.operations()).toEqual(known)
  })

  it('shouldInstallAFileAndShowTheLayersOfItsState', async () => {
    await installFile(service.busPackage('java_zenoh', '1.0.0'))
    await see(ended('succeeded'))
    await dismissAll()
    await go('/modules/java_zenoh')

    await see(layer('lifecycle').getByText('Active', { exact: true }))
    await see(layer('operational').getByText('Ready', { exact: true }))
    await see(layer('health').getByText('healthy', { exact: true }))
    await shoot(page, 'layers-light-desktop')
  })

  it('shouldEditAParameterAndKeepWhatItWas', async () => {
    await page.getByRole('link', { name: 'Parameters', exact: true }).click()
    await see(page.getByText('turns a second · 0.1 to 10'))
    await see(page.getByText('Nothing was changed yet.'))
    expect(await speed().inputValue()).toBe('1')
    await speed().fill('2.5')
    await button('Save one change').click()

    await see(page.getByText('Saved. The module has taken it.'))
    await see(changes().getByText('1 → 2.5'))
    await see(changes().getByText('admin'))
    expect(await rest.call('GET', 'modules/java_zenoh/params')).toEqual({ speed: 2.5 })
  })

  it('shouldSayAtTheFieldWhatItDoesNotTake', async () => {
    for (const [draft, fault] of [
      ['11', 'This must be at most 10.'],
      ['fast', 'This is not a number.'],
    ] as const) {
      await speed().fill(draft)
      await see(page.getByText(fault))
      expect(await speed().getAttribute('aria-invalid')).toBe('true')
    }
    await button('Discard changes').click()
    expect(await speed().inputValue()).toBe('2.5')

    // Without its list of interfaces the range is the module's secret, and so it is asked.
    await page.route('**/interfaces', (route) => route.fulfill({ json: {} }))
    await page.reload()
    await speed().fill('11')
    await button('Save one change').click()
    await see(page.getByRole('alert').getByText("'speed' takes at least 0.1 and at most 10.0, not 11."))
    expect(await speed().inputValue()).toBe('11')
    expect(await speed().getAttribute('aria-invalid')).toBe('true')
    await page.unroute('**/interfaces')
    expect(await rest.call('GET', 'modules/java_zenoh/params')).toEqual({ speed: 2.5 })
    await page.reload()
  })

  it('shouldUndoAChange', async () => {
    await see(changes())
    await button('Undo this change').click()

    await see(page.getByText('The values from before are back.'))
    await expect.poll(() => speed().inputValue(), { timeout: PATIENCE }).toBe('1')
    expect(await rest.call('GET', 'modules/java_zenoh/params')).toEqual({ speed: 1 })
    expect(await changes().count()).toBe(2)
  })

  it('shouldCallAFunctionAndBeginAnAction', async () => {
    await page.getByRole('link', { name: 'Interfaces', exact: true }).click()
    const own = page.locator('[data-group="own"]')
    await own.getByText('position', { exact: true }).click()
    await button('Call', own).click()
    await see(own.getByText('"turns": 0'))

    const actions = page.locator('[data-group="action"]')
    await actions.getByText('turn', { exact: true }).click()
    await actions.getByLabel('Arguments').fill('{"turns": 0.2}')
    await button('Call', actions).click()
    await see(actions.getByText('"accepted": true'))
    await shoot(page, 'call-light-desktop', false)
    await expect.poll(async () => ((await rest.call('POST', 'modules/java_zenoh/call/position', {})) as { turns: number }).turns, { timeout: PATIENCE }).toBeGreaterThan(0.15)

    await actions.getByLabel('Arguments').fill('[]')
    await button('Call', actions).click()
    await see(actions.getByText('This is not a JSON object.'))
  })

  it('shouldShowWhatTheModuleLogged', async () => {
    await page.getByRole('link', { name: 'Events', exact: true }).last().click()

    await see(page.locator('[data-kind="log"]').getByText('turned 0.2'))
    await page.getByLabel('Log', { exact: true }).uncheck()
    await gone(page.locator('[data-kind="log"]'))
    await page.getByLabel('Log', { exact: true }).check()
    await page.getByLabel('Search in events').fill('nobody ever said this')
    await see(page.getByText('Nothing fits these filters.'))
  })

  it('shouldShowWhoIsOnTheBus', async () => {
    await go('/bus')
    await see(page.locator('[data-connected="true"]'))
    const { id } = await rest.module('java_zenoh')
    const face = page.locator(`[data-face="${id}"]`)
    await see(face.getByText('tcp/127.0.0.1:'))
    await page.getByLabel('Search keys').fill('position')
    await see(page.getByText(`${id}/position`, { exact: true }))
    await face.getByRole('link', { name: 'Java on Zenoh' }).click()

    await see(page.getByRole('heading', { name: 'Java on Zenoh', level: 1 }))
  })

  it('shouldSayWhyAModuleThatIsStoppedDoesNotAnswer', async () => {
    await rest.call('POST', 'modules/java_zenoh/stop')
    await go('/modules/java_zenoh/parameters')
    await see(page.locator('[data-silent]'))
    await see(changes())

    await rest.call('POST', 'modules/java_zenoh/start')
    await expect.poll(() => speed().inputValue(), { timeout: PATIENCE }).toBe('1')
    await see(page.locator('header [data-phase="running"]'))
    await dismissAll()
  })

  it('shouldSayThatAModuleWithoutABusIsSilent', async () => {
    await go('/modules/heartbeat/parameters')

    await see(page.locator('[data-problem="timed-out"]'))
  })
})
