import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from 'vue'
import SystemStatus from './SystemStatus.vue'

/** A real HTTP server plays the manager; the page's own fetch talks to it. */
let server: Server
let status = 200
let body = '{}'

beforeEach(async () => {
  server = createServer((request, response) => {
    response.writeHead(request.url === '/api/v1/system' ? status : 404, { 'Content-Type': 'application/json' })
    response.end(body)
  })
  await new Promise<void>((started) => server.listen(0, '127.0.0.1', started))
  const { port } = server.address() as AddressInfo
  window.location.href = `http://127.0.0.1:${port}/`
})

afterEach(async () => {
  await new Promise((stopped) => server.close(stopped))
})

async function shownText(): Promise<string> {
  const place = document.createElement('div')
  const page = createApp(SystemStatus)
  page.mount(place)
  await expect.poll(() => place.textContent).not.toContain('Asking')
  const text = place.textContent?.trim() ?? ''
  page.unmount()
  return text
}

describe('SystemStatus', () => {
  it('shouldShowVersionAndDistribution', async () => {
    status = 200
    body = JSON.stringify({ version: '1.2.3', distribution: 'full', uptime: 5 })
    expect(await shownText()).toBe('Version 1.2.3, full distribution')
  })

  it('shouldAskToLogInWhenTheManagerWantsToKnowWho', async () => {
    status = 401
    body = '{}'
    expect(await shownText()).toContain('Please log in')
  })

  it('shouldSayWhatIsWrongWhenTheAnswerIsUnusable', async () => {
    status = 200
    body = '{"version": 3}'
    expect(await shownText()).toContain('no version and distribution')
  })
})
