import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Locator, type Page } from 'playwright-core'

const EXECUTABLES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
export const SCREENSHOTS = join(import.meta.dirname, '../../target/screenshots')
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Long enough for a loaded machine; a test that passes does not wait for it. */
export const PATIENCE = 60_000

export interface Session {
  context: BrowserContext
  page: Page
  /** What the browser complained about: errors of scripts, and what the page's policy forbade. */
  complaints: string[]
  /** Hosts that were asked for anything. */
  hosts: Set<string>
  close: () => Promise<void>
}

/** A browser with a profile of its own, as a person has it who was never here before. */
export async function openBrowser(language = 'en-GB'): Promise<Session> {
  const executable = [process.env.CHROMIUM, ...EXECUTABLES].find((path) => path !== undefined && existsSync(path))
  if (executable === undefined) throw new Error('Chromium is missing. Install it: apt-get install chromium, or name it in CHROMIUM.')
  const profile = mkdtempSync(join(tmpdir(), 'mm-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    args: FLAGS,
    headless: true,
    locale: language,
    viewport: { width: 1280, height: 800 },
  })
  context.setDefaultTimeout(PATIENCE)
  const page = context.pages()[0] ?? (await context.newPage())
  const complaints: string[] = []
  const hosts = new Set<string>()
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // The browser reports every refused request and lost connection; those are what some tests are about.
    if (['error', 'warning'].includes(message.type()) && !/Failed to load resource|net::ERR_/.test(message.text())) complaints.push(`${message.text()} (${message.location().url}:${message.location().lineNumber})`)
  })
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  return {
    context,
    page,
    complaints,
    hosts,
    close: async () => {
      await context.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

export function see(locator: Locator): Promise<void> {
  return locator.first().waitFor({ state: 'visible', timeout: PATIENCE })
}

export function gone(locator: Locator): Promise<void> {
  return locator.first().waitFor({ state: 'hidden', timeout: PATIENCE })
}

/**
 * Shows the page in a theme, and waits until all that is seen has taken it: styles are computed anew in one frame or in several, and what
 * looks at colours in between sees those of both. What is folded away waits until it is unfolded.
 */
export async function showIn(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await page.waitForFunction((wanted) => {
    const seen = [...document.querySelectorAll('*')].filter((element) => element.checkVisibility())
    const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    return (
      seen.every((element) => getComputedStyle(element).getPropertyValue('--scheme').trim() === wanted) &&
      !fading.some(({ effect }) => effect instanceof KeyframeEffect && effect.target?.checkVisibility())
    )
  }, theme)
}

export async function shoot(page: Page, name: string, fullPage = true): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  // What stays at the top of the window would be drawn in the middle of the page.
  if (fullPage) await page.evaluate(() => window.scrollTo(0, 0))
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage, animations: 'disabled' })
}

interface Finding {
  id: string
  impact: string
  help: string
  nodes: { target: string[]; failureSummary: string }[]
}

/** What axe-core finds that is serious or worse (WCAG 2.2 AA and its best practices). */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Not as a script element: the page's policy would rightly forbid it.
  await page.evaluate(AXE)
  const findings = await page.evaluate(async () => {
    const axe = (window as unknown as { axe: { run: (context: Document, options: object) => Promise<{ violations: Finding[] }> } }).axe
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    })
    return violations
  })
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.target.join(' ')}: ${node.failureSummary}`).join('\n')}`)
}
