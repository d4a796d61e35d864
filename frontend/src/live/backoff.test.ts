import { expect, it } from 'vitest'
import { reconnectDelay } from './backoff'

it('shouldWaitLongerUpToTenSeconds', () => {
  expect(reconnectDelay(0, 1)).toBe(500)
  expect(reconnectDelay(1, 1)).toBe(1000)
  expect(reconnectDelay(100, 1)).toBe(10_000)
})

it('shouldSpreadTheAttempts', () => {
  expect(reconnectDelay(100, 0)).toBe(5_000)
  expect(reconnectDelay(100, 0.5)).toBe(7_500)
})
