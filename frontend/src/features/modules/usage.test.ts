import { describe, expect, it } from 'vitest'
import { POINTS_KEPT, withReading, type UsagePoint } from './usage'

const usage = (cpu_seconds: number | null, memory_bytes: number | null = 1000) => ({
  module_id: 'm',
  cpu_seconds,
  memory_bytes,
  processes: 1,
  restarts: 0,
})

describe('withReading', () => {
  it('shouldTellTheShareOfAProcessorBetweenTwoReadings', () => {
    const first = withReading([], 1000, usage(10))
    const second = withReading(first, 3000, usage(11))

    expect(first[0]?.cpu).toBeNull()
    expect(second[1]?.cpu).toBe(0.5)
  })

  it('shouldNotTakeARestartForWorkUndone', () => {
    const before = withReading([], 1000, usage(10))

    expect(withReading(before, 3000, usage(0.1))[1]?.cpu).toBeNull()
  })

  it('shouldLeaveAGapWhileItDoesNotRun', () => {
    const before = withReading([], 1000, usage(10))
    const stopped = withReading(before, 3000, usage(null, null))

    expect(stopped[1]).toMatchObject({ cpu: null, memory: null })
    expect(withReading(stopped, 5000, usage(11))[2]?.cpu).toBeNull()
  })

  it('shouldIgnoreAReadingItHas', () => {
    const history = withReading([], 1000, usage(10))

    expect(withReading(history, 1000, usage(12))).toBe(history)
  })

  it('shouldKeepABoundedHistory', () => {
    let history: readonly UsagePoint[] = []
    for (let i = 0; i < POINTS_KEPT * 2; i++) history = withReading(history, i * 1000, usage(i))

    expect(history).toHaveLength(POINTS_KEPT)
    expect(history.at(-1)?.cpuSeconds).toBe(POINTS_KEPT * 2 - 1)
  })
})
