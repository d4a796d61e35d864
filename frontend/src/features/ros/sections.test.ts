import { describe, expect, it } from 'vitest'
import { sectionsOf } from './sections'

describe('sectionsOf', () => {
  it('shouldPutPlainValuesTogetherAndListsApart', () => {
    const { facts, parts } = sectionsOf({ mode: 'router', endpoints: ['tcp/127.0.0.1:7447'], faces: [{ id: 1 }], counters: { dropped: 0 } })

    expect(facts).toEqual({ mode: 'router', endpoints: ['tcp/127.0.0.1:7447'] })
    expect(parts).toEqual([
      { name: 'faces', value: [{ id: 1 }], count: 1 },
      { name: 'counters', value: { dropped: 0 }, count: null },
    ])
  })

  it('shouldMakeRowsOfAMapOfLikeObjects', () => {
    expect(sectionsOf({ modules: { arm: { published: 1 } } }).parts[0]?.value).toEqual([{ key: 'arm', published: 1 }])
  })

  it('shouldFindNothingInWhatIsNoObject', () => {
    expect(sectionsOf(null)).toEqual({ facts: null, parts: [] })
  })
})
