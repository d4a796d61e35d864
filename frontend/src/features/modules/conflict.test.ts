import { describe, expect, it } from 'vitest'
import { changeFrom, conflicts, settingsOf } from './conflict'

const SEEN = { alias: 'arm', primary: false, pinned: false }

describe('changeFrom', () => {
  it('shouldNameOnlyWhatDiffers', () => {
    expect(changeFrom(SEEN, { ...SEEN, pinned: true })).toEqual({ pinned: true })
  })

  it('shouldTakeAnAliasAwayWithAnEmptyOne', () => {
    expect(changeFrom(SEEN, { ...SEEN, alias: '' })).toEqual({ alias: '' })
  })

  it('shouldBeNothingWhenNothingDiffers', () => {
    expect(changeFrom(SEEN, settingsOf({ alias: 'arm', primary: false, pinned: false }))).toBeNull()
  })
})

describe('conflicts', () => {
  it('shouldShowWhatTheOtherOneChangedAndWhatWeWouldChange', () => {
    expect(conflicts(SEEN, { ...SEEN, alias: 'left' }, { ...SEEN, pinned: true })).toEqual(['alias', 'pinned'])
  })

  it('shouldShowNothingThatAllAgreeOn', () => {
    expect(conflicts(SEEN, SEEN, SEEN)).toEqual([])
  })
})
