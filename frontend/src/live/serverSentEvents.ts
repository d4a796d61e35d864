/** One event of a `text/event-stream` (HTML standard, section 9.2). */
export interface ServerSentEvent {
  event: string
  data: string
  /** The id that was last seen on the stream, of this event or an earlier one. */
  lastId: string
}

/**
 * Cuts a stream of text into events. Text may come in pieces of any size.
 *
 * @param lastId the id the stream is resumed from
 */
export function createEventParser(onEvent: (event: ServerSentEvent) => void, lastId = ''): (text: string) => void {
  let rest = ''
  let name = ''
  let data: string[] = []

  function line(text: string): void {
    if (text === '') {
      if (data.length > 0) onEvent({ event: name || 'message', data: data.join('\n'), lastId })
      name = ''
      data = []
      return
    }
    const colon = text.indexOf(':')
    const field = colon < 0 ? text : text.slice(0, colon)
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') name = value
    else if (field === 'data') data.push(value)
    else if (field === 'id' && !value.includes('\0')) lastId = value
  }

  return (text) => {
    rest += text
    // A CR at the very end may be half of a CRLF.
    let end = /\r\n|\n|\r(?!$)/.exec(rest)
    while (end !== null) {
      line(rest.slice(0, end.index))
      rest = rest.slice(end.index + end[0].length)
      end = /\r\n|\n|\r(?!$)/.exec(rest)
    }
  }
}
