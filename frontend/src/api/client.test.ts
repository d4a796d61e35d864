import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as Client from './client'
import type { ApiProblem } from './problem'

/** A real HTTP server plays the manager; the page's own fetch talks to it. */
let server: Server
let answer: (request: IncomingMessage, body: string, response: ServerResponse) => void
const bodies: string[] = []

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...headers })
  response.end(JSON.stringify(body))
}

async function load(prefix: string): Promise<typeof Client> {
  const { port } = server.address() as AddressInfo
  window.location.href = `http://127.0.0.1:${port}${prefix}`
  vi.resetModules()
  return import('./client')
}

beforeEach(async () => {
  bodies.length = 0
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      bodies.push(body)
      answer(request, body, response)
    })
  })
  await new Promise<void>((started) => server.listen(0, '127.0.0.1', started))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((stopped) => server.close(stopped))
})

const failureOf = (call: Promise<unknown>) => call.then(() => expect.unreachable(), (failure: unknown) => failure as ApiProblem)

describe('client', () => {
  it('shouldStayBelowThePrefixOfAGateway', async () => {
    const { api, ask } = await load('/v2_modulemanager/')
    answer = (request, _, response) => json(response, request.url === '/v2_modulemanager/api/v1/users' ? 200 : 404, { items: [] })

    expect(await ask(api.GET('/users'))).toEqual({ items: [] })
  })

  it('shouldTellAProblemWithItsPlaces', async () => {
    const { api, ask } = await load('/')
    answer = (_, __, response) =>
      json(response, 422, { code: 'invalid-request', status: 422, detail: 'One field is wrong.', errors: [{ pointer: '/alias', detail: 'is too long' }] })

    const problem = await failureOf(ask(api.POST('/users', { body: { username: 'a', password: 'b', role: 'viewer', must_change_password: true } })))

    expect(problem).toMatchObject({ code: 'invalid-request', status: 422, detail: 'One field is wrong.' })
    expect(problem.at('/alias')).toBe('is too long')
    expect(problem.at('/name')).toBeUndefined()
  })

  it('shouldTellWhenSomethingElseAnswers', async () => {
    const { api, ask } = await load('/')
    answer = (_, __, response) => {
      response.writeHead(502, { 'Content-Type': 'text/html' })
      response.end('<h1>Bad Gateway</h1>')
    }

    expect(await failureOf(ask(api.GET('/users')))).toMatchObject({ code: 'unreadable-answer', status: 502 })
  })

  it('shouldTellWhenNobodyAnswers', async () => {
    const { api, ask } = await load('/')
    answer = (request) => void request.socket.destroy()

    expect(await failureOf(ask(api.GET('/users')))).toMatchObject({ code: 'unreachable', status: 0 })
  })

  it('shouldSendTheSameAgainAfterANewLogin', async () => {
    const { api, ask, onSessionEnd } = await load('/')
    let loggedIn = false
    answer = (_, __, response) => (loggedIn ? json(response, 200, { username: 'anna' }) : json(response, 401, { code: 'unauthenticated', status: 401 }))
    onSessionEnd(() => {
      loggedIn = true
      return Promise.resolve()
    })
    const body = { username: 'anna', password: 'correct horse', role: 'viewer' as const, must_change_password: true }

    expect(await ask(api.POST('/users', { body }))).toMatchObject({ username: 'anna' })
    expect(bodies).toHaveLength(2)
    expect(bodies[1]).toBe(bodies[0])
    expect(JSON.parse(bodies[1]!)).toEqual(body)
  })

  it('shouldNotAskForALoginWhenTheLoginItselfIsRefused', async () => {
    const { api, ask, onSessionEnd } = await load('/')
    answer = (_, __, response) => json(response, 401, { code: 'unauthenticated', status: 401 })
    onSessionEnd(() => expect.unreachable())

    expect(await failureOf(ask(api.POST('/auth/login', { body: { username: 'a', password: 'b' } })))).toMatchObject({ status: 401 })
  })

  it('shouldTellHowLongToWait', async () => {
    const { api, ask } = await load('/')
    answer = (_, __, response) => json(response, 429, { code: 'too-many-requests', status: 429 }, { 'Retry-After': '30' })

    expect(await failureOf(ask(api.GET('/users')))).toMatchObject({ retryAfter: 30 })
  })
})
