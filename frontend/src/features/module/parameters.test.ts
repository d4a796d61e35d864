import { describe, expect, it } from 'vitest'
import { changesOf, draftOf, parametersOf, readDraft, type Parameter } from './parameters'

const one = (value: unknown): Parameter => parametersOf({ key: value })[0]!

describe('parametersOf', () => {
  it('shouldTellTypesFromValues', () => {
    expect(parametersOf({ on: true, count: 3, speed: 0.5, name: 'arm', pose: [1, 2] }).map(({ type }) => type)).toEqual([
      'boolean',
      'number',
      'number',
      'text',
      'json',
    ])
    expect(one(3)).toMatchObject({ integer: true })
    expect(one(0.5)).toMatchObject({ integer: false })
  })

  it('shouldTakeRangesAndChoicesFromADescription', () => {
    expect(one({ value: 1, min: 0, max: 2, type: 'float', description: 'm/s' })).toMatchObject({
      value: 1,
      integer: false,
      least: 0,
      most: 2,
      description: 'm/s',
    })
    expect(one({ value: 'slow', enum: ['slow', 'fast'] })).toMatchObject({ type: 'choice', choices: ['slow', 'fast'] })
  })

  it('shouldNotTakeAnObjectThatHoldsAValueForADescription', () => {
    expect(one({ value: 1, unit: 'm' })).toMatchObject({ type: 'json', value: { value: 1, unit: 'm' } })
  })

  it('shouldFindNothingInWhatIsNoObject', () => {
    expect(parametersOf([1])).toEqual([])
    expect(parametersOf(null)).toEqual([])
  })
})

describe('readDraft', () => {
  const speed = one({ value: 1, min: 0, max: 2, type: 'float' })

  it.each([
    [speed, '1.5', { ok: true, value: 1.5 }],
    [speed, '1,5', { ok: true, value: 1.5 }],
    [speed, 'fast', { ok: false, fault: 'number' }],
    [speed, '', { ok: false, fault: 'number' }],
    [speed, '-1', { ok: false, fault: 'least' }],
    [speed, '3', { ok: false, fault: 'most' }],
    [one(3), '1.5', { ok: false, fault: 'integer' }],
    [one([1]), '[1, 2]', { ok: true, value: [1, 2] }],
    [one([1]), '[1,', { ok: false, fault: 'json' }],
    [one(true), 'false', { ok: true, value: false }],
    [one('a'), '', { ok: true, value: '' }],
  ])('shouldRead %j from "%s"', (parameter, draft, expected) => {
    expect(readDraft(parameter, draft)).toEqual(expected)
  })

  it('shouldReadWhatItWrites', () => {
    for (const value of [true, 3, 0.25, 'text', [1, { a: null }]]) {
      expect(readDraft(one(value), draftOf(one(value)))).toEqual({ ok: true, value })
    }
  })
})

describe('changesOf', () => {
  it('shouldReadAHistoryAndSurviveWhatIsNone', () => {
    expect(changesOf({ items: [{ id: 1, at: 'then', author: 'anna', before: { a: 1 }, after: { a: 2 } }] })).toEqual([
      { id: '1', at: 'then', author: 'anna', before: { a: 1 }, after: { a: 2 } },
    ])
    expect(changesOf({})).toEqual([])
  })
})
