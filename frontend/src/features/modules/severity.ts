import type { Module } from '../../api/types'

/** How much a module needs somebody, worst first. */
export const SEVERITIES = ['bad', 'warn', 'busy', 'idle', 'ok'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What the phase, the health and the wish together mean for the one who looks after the robot. */
export function severityOf(module: Pick<Module, 'state' | 'desired' | 'operation' | 'runtime'>, now?: number): Severity {
  const { phase, health } = module.state
  if (phase === 'failed' || phase === 'backoff') return 'bad'
  const alive = phase === 'running' || phase === 'suspended'
  if (alive && health === 'critical') return 'bad'
  if (alive && health === 'warning') return 'warn'
  // Nobody asked for this start: it is the next attempt after a failure.
  if (phase === 'starting' && module.operation === null && hasFailed(module, LONGEST_WAIT, now)) return 'warn'
  // Mostly it waits for another module, and nobody is about to start that one.
  if (phase === 'starting' && module.operation === null && now !== undefined && now - Date.parse(module.state.since) > LONG_START) return 'warn'
  if (module.operation !== null || ['installing', 'starting', 'stopping', 'removing'].includes(phase)) return 'busy'
  // It is not what was asked for, and nothing is under way that would change that.
  if (phase === 'stopped' && module.desired.state !== 'stopped') return 'warn'
  if (phase === 'running' && module.desired.state !== 'running') return 'warn'
  if (phase === 'running') return hasFailed(module, CALMED, now) ? 'warn' : 'ok'
  return 'idle'
}

/** After a failure it must run for this long (ms) before it counts as well again: what ends and starts over and over is not. */
const CALMED = 60_000
/** A start that nobody asked for just now and that takes longer than this (ms) needs somebody. */
const LONG_START = 60_000
/** The manager waits for no longer (ms) between two attempts, unless it is configured to. */
const LONGEST_WAIT = 8 * 60_000

/** Whether its last process failed within this time (ms), and was replaced since. */
function hasFailed({ runtime: { last_exit: exit, restarts } }: Pick<Module, 'runtime'>, within: number, now: number | undefined): boolean {
  if (now === undefined || exit === null || restarts === 0) return false
  const isFailure = exit.oom || exit.signal !== null || (exit.code ?? 0) !== 0
  return isFailure && now - Date.parse(exit.at) < within
}

/** Worst first; among equals what changed last, because that is what is new. */
export function bySeverity(a: Module, b: Module, now?: number): number {
  return SEVERITIES.indexOf(severityOf(a, now)) - SEVERITIES.indexOf(severityOf(b, now)) || (a.state.since < b.state.since ? 1 : -1)
}
