const FIRST = 500
const MOST = 10_000

/**
 * How long to wait before the next attempt to connect, in milliseconds: doubling, at most ten seconds, with jitter, so that all pages of
 * a robot do not come back at the same moment.
 *
 * @param failures attempts that failed in a row
 * @param random from 0 to 1
 */
export function reconnectDelay(failures: number, random: number): number {
  const whole = Math.min(MOST, FIRST * 2 ** Math.min(failures, 10))
  return whole / 2 + (whole / 2) * random
}
