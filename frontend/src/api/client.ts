import createClient from 'openapi-fetch'
import { ApiProblem, problemOf } from './problem'
import type { paths } from './schema'

/** Asks the person to log in again; settles once that is done. */
export type Reauthenticate = () => Promise<void>

let reauthenticate: Reauthenticate | null = null

/** Who is asked when a session has ended in the middle of the work. */
export function onSessionEnd(handler: Reauthenticate | null): void {
  reauthenticate = handler
}

/** The manager's address, below the page's own, so that a gateway's prefix is kept. */
export function serviceUrl(path: string): string {
  return new URL(path, document.baseURI).href
}

/** Requests that ask about the session itself are answered as they are. */
const ABOUT_SESSION = ['/auth/login', '/auth/me', '/auth/logout']

/**
 * `fetch` that knows what a session is: after a 401 the person logs in again, and the request is repeated, so that nothing typed is
 * lost.
 *
 * @throws ApiProblem `unreachable` when there is no answer
 */
export async function sessionFetch(input: Request): Promise<Response> {
  const again = input.clone()
  const response = await reach(input)
  const path = new URL(input.url).pathname
  if (response.status !== 401 || ABOUT_SESSION.some((end) => path.endsWith(end)) || !(await loginAgain())) return response
  return reach(again)
}

/** Waits until the person has logged in again. Tells whether somebody could be asked at all. */
export async function loginAgain(): Promise<boolean> {
  if (reauthenticate === null) return false
  await reauthenticate()
  return true
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (failure) {
    if (request.signal.aborted) throw failure
    throw new ApiProblem('unreachable', 0, failure instanceof Error ? failure.message : String(failure))
  }
}

/** The manager's REST interface, typed by its OpenAPI document. */
export const api = createClient<paths>({ baseUrl: serviceUrl('api/v1'), fetch: sessionFetch })

interface Answer<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** What was asked for. @throws ApiProblem otherwise */
export async function ask<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call
  if (!response.ok) throw problemOf(error, response)
  return data as Data
}

/** Like {@link ask}, with the entity tag that a later change must name. */
export async function askTagged<Data>(call: Promise<Answer<Data>>): Promise<{ data: Data; etag: string }> {
  const { data, error, response } = await call
  if (!response.ok) throw problemOf(error, response)
  return { data: data as Data, etag: response.headers.get('ETag') ?? '' }
}

/**
 * A key by which the manager knows a repeated request. Not `randomUUID`, which browsers offer on secure origins only, and a robot may be
 * reached by plain HTTP.
 */
export function idempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
