import { loginAgain, serviceUrl } from './client'
import { ApiProblem, problemOf } from './problem'

interface Upload {
  /** Below the REST interface's own address. */
  path: string
  file: Blob
  headers: Record<string, string>
  /** Told again and again how many bytes have left this device. */
  onSent: (bytes: number) => void
  /** Ends it before its time. */
  signal: AbortSignal
}

/**
 * Sends a file and tells how far it is. By `XMLHttpRequest`: `fetch` does not tell what has left.
 *
 * @returns the JSON answer
 * @throws ApiProblem when it is refused or there is no answer; the signal's reason when that ended it
 */
export async function upload(what: Upload): Promise<unknown> {
  let answer = await send(what)
  if (answer.status === 401 && (await loginAgain())) answer = await send(what)
  const body: unknown = await answer.json().catch(() => undefined)
  if (!answer.ok) throw problemOf(body, answer)
  return body
}

function send({ path, file, headers, onSent, signal }: Upload): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const request = new XMLHttpRequest()
    const stop = (): void => request.abort()
    request.open('POST', serviceUrl(`api/v1/${path}`))
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded }) => onSent(loaded)
    request.onload = () => {
      const wait = request.getResponseHeader('Retry-After')
      resolve(new Response(request.responseText, { status: request.status, headers: wait === null ? {} : { 'Retry-After': wait } }))
    }
    request.onerror = () => reject(new ApiProblem('unreachable', 0, ''))
    request.onabort = () => reject(signal.reason as Error)
    request.onloadend = () => signal.removeEventListener('abort', stop)
    signal.addEventListener('abort', stop)
    request.send(file)
  })
}
