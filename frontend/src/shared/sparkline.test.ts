import { describe, expect, it } from 'vitest'
import { sparkline } from './sparkline'

describe('sparkline', () => {
  it('shouldSpanTheBoxFromZeroToTheHighest', () => {
    expect(sparkline([0, 5, 10], 100, 20, 1)).toBe('M0 20L50 10L100 0')
  })

  it('shouldInterruptTheCurveWhereAValueIsMissing', () => {
    expect(sparkline([10, null, 10], 100, 20, 1)).toBe('M0 0M100 0')
  })

  it('shouldNotBlowNoiseUp', () => {
    expect(sparkline([0.01, 0.01], 100, 20, 1)).toBe('M0 19.8L100 19.8')
  })

  it('shouldBeEmptyWithoutValues', () => {
    expect(sparkline([null, null], 100, 20, 1)).toBe('')
  })
})
