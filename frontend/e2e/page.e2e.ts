import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { gone, openBrowser, PATIENCE, see, seriousFindings, shoot, showIn as show, SCREENSHOTS, type Session } from './browser.ts'
import { Rest } from './rest.ts'
import { Service } from './service.ts'

const PASSWORD = 'correct horse battery'
const DESKTOP = { width: 1280, height: 800 }
const PHONE = { width: 360, height: 740 }

let service: Service
let browser: Session
let page: Page
let rest: Rest

beforeAll(async () => {
  service = await Service.start()
  browser = await openBrowser()
  page = browser.page
  rest = new Rest(service.url)
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  service?.remove()
})
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await shoot(page, `failed-${task.name}`).catch(() => {})
})

const go = (path: string): Promise<unknown> => page.goto(`${service.url}/#${path}`)
const button = (name: string | RegExp, where: Page | Locator = page): Locator => where.getByRole('button', { name, exact: typeof name === 'string' })
const dialog = (): Locator => page.getByRole('dialog')
const row = (name: string): Locator => page.locator(`[role=row][data-module="${name}"]`)
const phase = (name: string): Promise<string | null> => row(name).locator('[data-phase]').getAttribute('data-phase')
const showIn = (theme: 'light' | 'dark'): Promise<void> => show(page, theme)
const ended = (status: string): Locator => page.locator(`[data-operation][data-status="${status}"]`)

async function login(username: string, password: string, where = page): Promise<void> {
  await where.getByLabel('User name').fill(username)
  await where.getByLabel('Password', { exact: true }).fill(password)
  await button('Log in', where).click()
}

async function dismissAll(): Promise<void> {
  while ((await button('Dismiss').count()) > 0) {
    // What went well may leave by itself in between.
    await button('Dismiss').first().click({ timeout: 1_000 }).catch(() => {})
  }
}

async function install(offer: string, version?: string): Promise<void> {
  await go('/catalogue')
  await button(/^Install( another)?$/, page.locator(`[data-offer="${offer}"]`)).click()
  if (version) await dialog().getByLabel('Version').selectOption(version)
  await see(dialog().getByTestId('plan'))
  await button('Install', dialog()).click()
  await gone(dialog())
}

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

describe('the life of a module', () => {
  it('shouldInstallAfterShowingThePlan', async () => {
    await go('/catalogue')
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

  it('shouldPutWhatIsWrongFirstAndFixItInTwoTaps', async () => {
    await install('crasher')
    await go('/')
    const trouble = page.locator('article[data-module="crasher"]')
    await see(trouble)
    await see(page.getByTestId('verdict').getByText('1 of 3 modules needs attention'))
    await see(trouble.getByText('Ended with code 3'))
    await see(trouble.getByText('Next attempt'))
    const evidence = trouble.getByText("configuration key 'target' is missing")
    // It comes back and ends again meanwhile, and a card that is new is folded.
    await expect
      .poll(
        async () => {
          if (!(await evidence.isVisible())) await trouble.locator('summary').click()
          return evidence.isVisible()
        },
        { timeout: PATIENCE },
      )
      .toBe(true)
    await shoot(page, 'overview-trouble-light-desktop', false)
    await button('Stop', trouble).click()

    await see(page.getByText('All 3 modules do what they should'))
    await dismissAll()
  })

  it('shouldShowDependenciesAndRefuseToRemoveWhatIsNeeded', async () => {
    await install('follower')
    await see(ended('succeeded'))
    await dismissAll()
    await go('/modules/heartbeat/dependencies')
    await see(page.getByRole('cell', { name: 'Follower' }))
    await button('More for Heartbeat').click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await dialog().getByLabel('Type heartbeat to confirm').fill('heartbeat')
    await button('Remove', dialog()).click()

    await see(dialog().getByText('Other modules need this one'))
    await page.keyboard.press('Escape')
    await gone(dialog())
  })

  it('shouldShowBothWhenSomebodyElseChangedIt', async () => {
    const { id } = await rest.module('fragile')
    await go('/modules')
    await button('More for Fragile').click()
    await page.getByRole('menuitem', { name: 'Edit settings' }).click()
    await dialog().getByLabel('Alias').fill('mine')
    await rest.call('PATCH', `modules/${id}`, { alias: 'theirs' }, { 'If-Match': '*' })
    await expect.poll(() => row('fragile').textContent(), { timeout: PATIENCE }).toContain('theirs')
    await button('Save', dialog()).click()

    await see(dialog().getByText('Somebody else changed this module meanwhile.'))
    await see(dialog().getByRole('cell', { name: 'mine' }))
    await see(dialog().getByRole('cell', { name: 'theirs' }))
    expect(await dialog().getByLabel('Alias').inputValue()).toBe('mine')
    await shoot(page, 'conflict-light-desktop', false)
    await button('Save mine anyway', dialog()).click()
    await gone(dialog())
    await expect.poll(() => row('fragile').textContent(), { timeout: PATIENCE }).toContain('mine')
    await dismissAll()
  })

  it('shouldShowAtTheFieldWhatIsNotValid', async () => {
    await button('More for Fragile').click()
    await page.getByRole('menuitem', { name: 'Edit settings' }).click()
    await dialog().getByLabel('Alias').fill('Not Valid')
    await button('Save', dialog()).click()

    await expect.poll(() => dialog().getByLabel('Alias').getAttribute('aria-invalid'), { timeout: PATIENCE }).toBe('true')
    await page.keyboard.press('Escape')
    await gone(dialog())
  })
})

describe('a module on the bus', () => {
  const speed = (): Locator => page.getByLabel('speed', { exact: true })
  const changes = (): Locator => page.locator('[data-change]')
  const layer = (name: string): Locator => page.locator(`[data-layer="${name}"]`)

  it('shouldInstallAFileAndShowTheLayersOfItsState', async () => {
    await go('/catalogue')
    await button('Install a file').click()
    await dialog().getByLabel('Package').setInputFiles(service.busPackage('java_zenoh', '1.0.0'))
    await button('Install', dialog()).click()
    await gone(dialog())
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

  it('shouldForgetARepositoryByItsName', async () => {
    const card = page.locator('li', { has: page.getByRole('heading', { name: 'Second' }) })
    await button('Forget', card).click()
    await dialog().getByLabel('Type Second to confirm').fill('Second')
    await button('Forget', dialog()).click()
    await gone(dialog())
    await gone(page.getByText('file:///nowhere'))
  })
})

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

describe('use', () => {
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
      const took = await big.page.evaluate(() => {
        const log = document.querySelector('[role=log]')!
        const before = performance.now()
        log.scrollTop = log.scrollHeight / 2
        return new Promise<number>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - before))))
      })
      expect(took, 'ms for a jump into the middle').toBeLessThan(2_000)
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
      await see(german.page.getByText('Alle 5 Module tun, was sie sollen'))
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
    ['ros', '/ros', (it) => it.locator('[data-problem], main section')],
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
      ['phone', 'overview-phone'],
    ]) {
      copyFileSync(join(SCREENSHOTS, `${shot}.png`), join(pictures, `${name}.png`))
    }
  })
})
