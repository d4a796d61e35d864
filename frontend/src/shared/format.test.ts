import { describe, expect, it } from 'vitest'
import { bytes, duration, moment, percent } from './format'

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [-3, '0 s'],
    [59.9, '59 s'],
    [61, '1 min 1 s'],
    [3_599, '59 min'],
    [3_660, '1 h 1 min'],
    [86_400, '1 d'],
    [90_000, '1 d 1 h'],
  ])('shouldSay %d seconds as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text)
  })
})

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_500, '1.5 kB'],
    [999_700, '1 MB'],
    [12_345_678, '12.3 MB'],
    [123_456_789_000, '123 GB'],
  ])('shouldSay %d as %s', (size, text) => {
    expect(bytes(size, 'en')).toBe(text)
  })

  it('shouldUseTheCommaOfTheLanguage', () => {
    expect(bytes(1_500, 'de')).toBe('1,5 kB')
  })
})

describe('moment', () => {
  const at = new Date(2026, 0, 2, 17, 5, 9)

  it('shouldCountTwentyFourHours', () => {
    expect(moment(at.toISOString(), 'en', at)).toBe('17:05:09')
    expect(moment(at.toISOString(), 'de', at)).toBe('17:05:09')
  })

  it('shouldNameAnotherDay', () => {
    expect(moment(at.toISOString(), 'en', new Date(2026, 0, 3))).toContain('2 Jan 2026')
  })
})

describe('percent', () => {
  it('shouldNotRoundAnAlmostPerfectShareUp', () => {
    expect(percent(0.9996, 'en')).toBe('99.96%')
    expect(percent(0.5, 'en')).toBe('50%')
    expect(percent(1, 'en')).toBe('100%')
  })
})
