import { describe, expect, it } from 'vitest'
import type { Module } from '../../api/types'
import { aModule } from '../../../test/samples'
import { bySeverity, severityOf, type Severity } from './severity'

const CASES: [phase: Module['state']['phase'], health: Module['state']['health'], wanted: Module['desired']['state'], Severity][] = [
  ['failed', 'unknown', 'running', 'bad'],
  ['backoff', 'unknown', 'running', 'bad'],
  ['running', 'critical', 'running', 'bad'],
  ['running', 'warning', 'running', 'warn'],
  ['stopped', 'unknown', 'running', 'warn'],
  ['starting', 'unknown', 'running', 'busy'],
  ['stopped', 'unknown', 'stopped', 'idle'],
  ['suspended', 'healthy', 'suspended', 'idle'],
  ['running', 'healthy', 'running', 'ok'],
  ['running', 'unknown', 'running', 'ok'],
]

describe('severityOf', () => {
  it.each(CASES)('shouldTake %s, %s, wanted %s as %s', (phase, health, wanted, severity) => {
    const module = aModule({ state: { phase, health }, desired: { state: wanted } })

    expect(severityOf(module)).toBe(severity)
  })

  it('shouldNotComplainAboutWhatAnOperationIsChanging', () => {
    const module = aModule({ state: { phase: 'stopped' }, desired: { state: 'running' }, operation: 'op-1' })

    expect(severityOf(module)).toBe('busy')
  })
})

describe('a module that has just failed', () => {
  const exit = { code: 3, signal: null, at: '2026-01-01T00:00:00Z', oom: false, ran_for: 1, note: '', log_tail: [] }
  const crashed = aModule({ runtime: { restarts: 1, last_exit: exit } })
  const after = (seconds: number) => Date.parse(exit.at) + seconds * 1000

  it('shouldNotTakeAModuleForWellThatHasJustCrashed', () => {
    expect(severityOf(crashed, after(5))).toBe('warn')
    expect(severityOf(crashed, after(61))).toBe('ok')
  })

  it('shouldTakeTheNextAttemptAfterAFailureForTrouble', () => {
    const trying = aModule({ state: { phase: 'starting' }, runtime: crashed.runtime })

    expect(severityOf(trying, after(120))).toBe('warn')
    expect(severityOf({ ...trying, operation: 'op-1' }, after(120))).toBe('busy')
    const later = { ...trying, state: { ...trying.state, since: new Date(after(3_590)).toISOString() } }
    expect(severityOf(later, after(3_600)), 'the robot was started').toBe('busy')
  })

  it('shouldNotComplainAboutAnEndThatWasAskedFor', () => {
    const asked = aModule({ runtime: { restarts: 1, last_exit: { ...exit, code: 0 } } })
    const stopped = aModule({ state: { phase: 'stopped' }, desired: { state: 'stopped' }, runtime: crashed.runtime })

    expect(severityOf(asked, after(5))).toBe('ok')
    expect(severityOf(stopped, after(5))).toBe('idle')
  })
})

describe('a module that starts', () => {
  const since = '2026-01-01T00:00:00Z'
  const starting = aModule({ state: { phase: 'starting', since, reason: 'waits for base_0 to run' } })
  const after = (seconds: number) => Date.parse(since) + seconds * 1000

  it('shouldNeedSomebodyWhenItStartsForLong', () => {
    expect(severityOf(starting, after(30))).toBe('busy')
    expect(severityOf(starting, after(61))).toBe('warn')
    expect(severityOf({ ...starting, operation: 'op-1' }, after(61)), 'somebody asked for it and sees how it goes').toBe('busy')
  })
})

describe('bySeverity', () => {
  it('shouldPutTheWorstFirstAndTheNewestAmongEquals', () => {
    const ok = aModule({ name: 'ok' })
    const failed = aModule({ name: 'failed', state: { phase: 'failed', since: '2026-01-01T00:00:00Z' } })
    const fresh = aModule({ name: 'fresh', state: { phase: 'failed', since: '2026-01-02T00:00:00Z' } })

    const names = [ok, failed, fresh].sort(bySeverity).map((module) => module.name)

    expect(names).toEqual(['fresh', 'failed', 'ok'])
  })
})
