import type { Usage } from '../../api/types'

/** Processor and memory of one module at one time. */
export interface UsagePoint {
  /** ms since 1970 on the manager's clock. */
  at: number
  /** Share of one processor since the point before, 1 = a whole one; null when it cannot be told. */
  cpu: number | null
  /** Bytes; null while it does not run. */
  memory: number | null
  /** Seconds of processor time since the start, to tell the next share. */
  cpuSeconds: number | null
}

/** Points that are kept: at one every 5 s, the last five minutes. */
export const POINTS_KEPT = 60

/** The history with one more reading. A reading that is not newer changes nothing. */
export function withReading(history: readonly UsagePoint[], at: number, usage: Usage): readonly UsagePoint[] {
  const last = history.at(-1)
  if (last && last.at >= at) return history
  const point: UsagePoint = {
    at,
    cpu: last ? share(last, at, usage.cpu_seconds) : null,
    memory: usage.memory_bytes,
    cpuSeconds: usage.cpu_seconds,
  }
  return [...history, point].slice(-POINTS_KEPT)
}

function share(last: UsagePoint, at: number, cpuSeconds: number | null): number | null {
  if (cpuSeconds === null || last.cpuSeconds === null) return null
  // After a restart the count begins anew.
  if (cpuSeconds < last.cpuSeconds) return null
  return (cpuSeconds - last.cpuSeconds) / ((at - last.at) / 1000)
}
