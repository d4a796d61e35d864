import { describe, expect, it } from 'vitest'
import { see } from '../browser.ts'
import { button, go, page } from './story.ts'

describe('care for the manager itself', () => {
  it('shouldHandOutADiagnosticsBundle', async () => {
    await go('/system')
    const [bundle] = await Promise.all([page.waitForEvent('download'), button('Diagnostics bundle').click()])

    expect(bundle.suggestedFilename()).toMatch(/^diagnostics-.*\.zip$/)
  })

  it('shouldBackUpTheState', async () => {
    await button('Back up the state').click()

    await see(page.getByText(/^Written: .*\(.*B\)$/))
  })
})
