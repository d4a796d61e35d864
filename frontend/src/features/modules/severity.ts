import type { Module } from '../../api/types'

/** How much a module needs somebody, worst first. */
export const SEVERITIES = ['bad', 'warn', 'busy', 'idle', 'ok'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What the phase, the health and the wish together mean for the one who looks after the robot. */
export function severityOf(module: Pick<Module, 'state' | 'desired' | 'operation'>): Severity {
  const { phase, health } = module.state
  if (phase === 'failed' || phase === 'backoff') return 'bad'
  const alive = phase === 'running' || phase === 'suspended'
  if (alive && health === 'critical') return 'bad'
  if (alive && health === 'warning') return 'warn'
  if (module.operation !== null || ['installing', 'starting', 'stopping', 'removing'].includes(phase)) return 'busy'
  // It is not what was asked for, and nothing is under way that would change that.
  if (phase === 'stopped' && module.desired.state !== 'stopped') return 'warn'
  if (phase === 'running' && module.desired.state !== 'running') return 'warn'
  return phase === 'running' ? 'ok' : 'idle'
}

/** Worst first; among equals what changed last, because that is what is new. */
export function bySeverity(a: Module, b: Module): number {
  return SEVERITIES.indexOf(severityOf(a)) - SEVERITIES.indexOf(severityOf(b)) || (a.state.since < b.state.since ? 1 : -1)
}
