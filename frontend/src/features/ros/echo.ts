import { serviceUrl, sessionFetch } from '../../api/client'
import { ApiProblem, problemOf } from '../../api/problem'
import { createEventParser, type ServerSentEvent } from '../../live/serverSentEvents'

/** Messages that are kept of a topic that is followed. */
export const MESSAGES_KEPT = 50
/** Characters of a message that are shown: a picture has millions. */
const LONGEST = 2_000

/** One message of a topic. */
export interface Echoed {
  /** Grows by one with every message. */
  number: number
  at: string
  /** As JSON, cut where it is too long to be read. */
  text: string
}

/** Who hears what a topic carries. */
export interface Listener {
  message: (at: string, text: string) => void
  /** So many messages were lost before the next one. */
  gap: (dropped: number) => void
}

/**
 * Follows a topic until the manager ends that or the signal does.
 *
 * @param topic its full name
 * @param type which of its types; undefined when it has one
 * @throws ApiProblem when it is refused, or the connection breaks; the signal's reason when that ended it
 */
export async function followTopic(topic: string, type: string | undefined, listener: Listener, signal: AbortSignal): Promise<void> {
  const query = type === undefined ? '' : `?type=${encodeURIComponent(type)}`
  const request = new Request(serviceUrl(`api/v1/ros/topics/${encodeURIComponent(nameInPath(topic))}${query}`), {
    headers: { Accept: 'text/event-stream' },
    cache: 'no-store',
    signal,
  })
  const response = await sessionFetch(request)
  if (!response.ok || response.body === null) throw problemOf(await response.json().catch(() => undefined), response)
  const parse = createEventParser((event) => hear(event, listener))
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      parse(decoder.decode(value, { stream: true }))
    }
  } catch (failure) {
    signal.throwIfAborted()
    throw new ApiProblem('unreachable', 0, failure instanceof Error ? failure.message : String(failure))
  }
}

/** A name of ROS as it stands in an address, before it is encoded: the first slash is left out. */
export function nameInPath(name: string): string {
  return name.replace(/^\//, '')
}

function hear({ event, data }: ServerSentEvent, listener: Listener): void {
  if (event === 'message') {
    const { at, message } = JSON.parse(data) as { at: string; message: unknown }
    const text = JSON.stringify(message)
    listener.message(at, text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text)
  } else if (event === 'gap') {
    listener.gap((JSON.parse(data) as { dropped: number }).dropped)
  }
}
