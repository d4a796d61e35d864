import { describe, expect, it } from 'vitest'
import type { FeedEntry } from '../../api/types'
import { filterFeed, remarkOf, toneOf } from './feed'
import { mergeFeeds } from './useFeed'

const entry = (id: string, parts: Partial<FeedEntry> = {}): FeedEntry => ({
  id,
  at: '2026-01-01T00:00:00Z',
  kind: 'news',
  module_id: 'arm_1',
  message: `message ${id}`,
  detail: '',
  ...parts,
})

describe('mergeFeeds', () => {
  it('shouldHoldEachEntryOnceNewestFirst', () => {
    const merged = mergeFeeds([entry('9'), entry('10')], [entry('10'), entry('11')])

    expect(merged.map(({ id }) => id)).toEqual(['11', '10', '9'])
  })
})

describe('filterFeed', () => {
  const all = [entry('1'), entry('2', { kind: 'error' }), entry('3', { module_id: 'eye_1' })]
  const kinds = new Set(['news', 'error', 'state', 'log'] as const)

  it('shouldNarrowByKindModuleAndText', () => {
    const ids = (filter: Partial<Parameters<typeof filterFeed>[1]>) =>
      filterFeed(all, { kinds, module: null, text: '', ...filter }).map(({ id }) => id)

    expect(ids({})).toEqual(['1', '2', '3'])
    expect(ids({ kinds: new Set(['error']) })).toEqual(['2'])
    expect(ids({ module: 'eye_1' })).toEqual(['3'])
    expect(ids({ text: 'MESSAGE 1' })).toEqual(['1'])
  })
})

describe('toneOf', () => {
  it.each([
    ['log', 'ERROR', 'bad'],
    ['log', 'WARNING', 'warn'],
    ['log', 'INFO', 'idle'],
    ['error', '', 'bad'],
    ['news', '', 'idle'],
  ] as const)('shouldTake %s %s for %s', (kind, detail, tone) => {
    expect(toneOf({ kind, detail })).toBe(tone)
  })
})

describe('remarkOf', () => {
  it('shouldAddOnlyWhatTheMessageDoesNotSay', () => {
    expect(remarkOf({ kind: 'log', detail: 'INFO' })).toBe('INFO')
    expect(remarkOf({ kind: 'error', detail: 'E17: oil it' })).toBe('E17: oil it')
    expect(remarkOf({ kind: 'state', detail: 'running' })).toBe('')
  })
})
