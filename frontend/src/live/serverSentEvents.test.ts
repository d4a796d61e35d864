import { describe, expect, it } from 'vitest'
import { createEventParser, type ServerSentEvent } from './serverSentEvents'

function parse(pieces: string[], lastId = ''): ServerSentEvent[] {
  const events: ServerSentEvent[] = []
  const feed = createEventParser((event) => events.push(event), lastId)
  pieces.forEach(feed)
  return events
}

describe('createEventParser', () => {
  it('shouldReadEventsWhereverTheTextIsCut', () => {
    const text = 'id: 7\nevent: module\ndata: {"a":\ndata: 1}\n\n:\n\nevent: log\ndata: x\n\n'
    const expected = [
      { event: 'module', data: '{"a":\n1}', lastId: '7' },
      { event: 'log', data: 'x', lastId: '7' },
    ]

    expect(parse([text])).toEqual(expected)
    expect(parse([...text])).toEqual(expected)
  })

  it('shouldTakeEveryKindOfLineEnd', () => {
    expect(parse(['data: a\r\n\r\ndata: b\r\rdata: c\n\n']).map(({ data }) => data)).toEqual(['a', 'b', 'c'])
    expect(parse(['data: a\r', '\n\r\n']).map(({ data }) => data)).toEqual(['a'])
  })

  it('shouldKeepTheIdItWasResumedFrom', () => {
    expect(parse(['data: a\n\n'], '3')).toEqual([{ event: 'message', data: 'a', lastId: '3' }])
  })

  it('shouldDropAnEventWithoutData', () => {
    expect(parse(['event: module\n\n'])).toEqual([])
  })
})
