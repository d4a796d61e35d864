import { describe, expect, it } from 'vitest'
import type { LogLine } from '../../api/types'
import { append, appendTail, asText, filterLines, highlight, levelOf, LINES_KEPT } from './log'

const line = (text: string, second = 0, stream = 'stdout'): LogLine => ({
  at: `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`,
  stream,
  text,
})
const texts = (lines: readonly LogLine[]) => lines.map(({ text }) => text)

describe('levelOf', () => {
  it.each([
    ['[ERROR] no sensor', 'stdout', 'error'],
    ['Traceback (most recent call last):', 'stderr', 'error'],
    ['warning: low battery', 'stdout', 'warn'],
    ['beat 1', 'stdout', 'info'],
    ['waiting for a sensor', 'stderr', 'warn'],
    ['DEBUG tick', 'stderr', 'debug'],
    ['terrors of the deep', 'stdout', 'info'],
  ])('shouldTake "%s" on %s as %s', (text, stream, level) => {
    expect(levelOf({ text, stream })).toBe(level)
  })
})

describe('append', () => {
  it('shouldNumberTheLinesAndGiveUpTheOldest', () => {
    const many = append([], Array.from({ length: LINES_KEPT + 5 }, (_, i) => line(`line ${i}`)))

    expect(many).toHaveLength(LINES_KEPT)
    expect(many[0]?.text).toBe('line 5')
    expect(append(many, [line('last')]).at(-1)?.number).toBe(LINES_KEPT + 6)
  })
})

describe('appendTail', () => {
  const seen = append([], [line('a', 1), line('b', 2)])

  it('shouldAddOnlyWhatIsNew', () => {
    const after = appendTail(seen, [line('a', 1), line('b', 2), line('c', 3)])

    expect(texts(after)).toEqual(['a', 'b', 'c'])
    expect(after.some(({ gap }) => gap)).toBe(false)
  })

  it('shouldMarkThatSomethingIsMissing', () => {
    const after = appendTail(seen, [line('x', 8), line('y', 9)])

    expect(texts(after)).toEqual(['a', 'b', 'x', 'y'])
    expect(after[2]?.gap).toBe(true)
    expect(after[3]?.gap).toBe(false)
  })

  it('shouldTellRepeatedLinesOfOneMomentApart', () => {
    const repeated = append([], [line('start', 1), line('tick', 2)])

    const after = appendTail(repeated, [line('start', 1), line('tick', 2), line('tick', 2), line('tick', 2)])

    expect(texts(after)).toEqual(['start', 'tick', 'tick', 'tick'])
  })

  it('shouldAddNothingWhenNothingCame', () => {
    expect(texts(appendTail(seen, [line('b', 2)]))).toEqual(['a', 'b'])
  })
})

describe('filterLines', () => {
  const lines = append([], [line('ERROR one'), line('two', 0, 'stderr'), line('three'), line('DEBUG four')])

  it('shouldShowWhatIsAtLeastAsImportant', () => {
    expect(texts(filterLines(lines, { text: '', level: 'warn' }))).toEqual(['ERROR one', 'two'])
    expect(filterLines(lines, { text: '', level: 'debug' })).toBe(lines)
  })

  it('shouldFindTextWhateverItsCase', () => {
    expect(texts(filterLines(lines, { text: 'THREE', level: 'debug' }))).toEqual(['three'])
  })
})

describe('highlight', () => {
  it('shouldMarkEveryPlace', () => {
    expect(highlight('Beat of a heartbeat', 'beat')).toEqual(['', 'Beat', ' of a heart', 'beat', ''])
  })

  it('shouldLeaveATextWithoutItWhole', () => {
    expect(highlight('beat', 'x')).toEqual(['beat'])
    expect(highlight('beat', '')).toEqual(['beat'])
  })
})

describe('asText', () => {
  it('shouldWriteALinePerLine', () => {
    expect(asText([line('a', 1)])).toBe('2026-01-01T00:00:01Z stdout a\n')
  })
})
