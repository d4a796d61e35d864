import { describe, expect, it } from 'vitest'
import { draftOf, isUndoable, parametersOf, readDraft, type Parameter } from './parameters'

const one = (value: unknown, about?: object): Parameter => parametersOf({ key: value }, { parameters: [{ name: 'key', ...about }] })[0]!

describe('parametersOf', () => {
  it('shouldTakeTypesAndRangesFromTheInterfaces', () => {
    // As the sample java_zenoh answers; a whole number is a number of type float, too.
    const interfaces = {
      interface_list: [],
      parameters: [{ name: 'speed', type: 'float', default: 1, min: 0.1, max: 10, choices: [], description: 'turns a second' }],
    }

    expect(parametersOf({ speed: 1 }, interfaces)).toEqual([
      { key: 'speed', value: 1, type: 'number', integer: false, least: 0.1, most: 10, description: 'turns a second' },
    ])
  })

  it('shouldTakeWhatIsNotLimitedAsSuch', () => {
    expect(one(1, { type: 'int', min: null, max: null, choices: [], description: '' })).toEqual({
      key: 'key',
      value: 1,
      type: 'number',
      integer: true,
    })
  })

  it('shouldOfferChoices', () => {
    expect(one('slow', { type: 'str', choices: ['slow', 'fast'] })).toMatchObject({ type: 'choice', choices: ['slow', 'fast'] })
  })

  it('shouldTellTypesFromValuesWhenNothingElseTellsThem', () => {
    expect(parametersOf({ on: true, count: 3, speed: 0.5, name: 'arm', pose: [1, 2] }).map(({ type }) => type)).toEqual([
      'boolean',
      'number',
      'number',
      'text',
      'json',
    ])
    expect(one(3)).toMatchObject({ integer: true })
    expect(one(0.5)).toMatchObject({ integer: false })
    expect(parametersOf({ a: 1 }, { parameters: 'none' })).toHaveLength(1)
  })

  it('shouldFindNothingInWhatIsNoObject', () => {
    expect(parametersOf([1])).toEqual([])
    expect(parametersOf(null)).toEqual([])
  })
})

describe('readDraft', () => {
  const speed = one(1, { type: 'float', min: 0, max: 2 })

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

describe('isUndoable', () => {
  it('shouldNeedAValueFromBeforeInThisOrALaterChange', () => {
    const changes = [{ before: {} }, { before: { speed: 1 } }, { before: {} }]

    expect(changes.map((_, index) => isUndoable(changes, index))).toEqual([false, true, true])
  })
})
