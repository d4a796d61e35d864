import type { Module, Phase } from '../../api/types'
import { phaseValues } from '../../api/schema'
import { severityOf } from './severity'

/** `troubled` stands for whatever needs somebody. */
export type StateFilter = Phase | 'troubled' | 'update' | null

export interface ModuleFilter {
  text: string
  state: StateFilter
}

/** A filter from the address of the page; what is unknown filters nothing. */
export function filterFrom(query: Record<string, unknown>): ModuleFilter {
  const state = String(query.state ?? '')
  const known = state === 'troubled' || state === 'update' || phaseValues.includes(state as Phase)
  return { text: typeof query.q === 'string' ? query.q : '', state: known ? (state as StateFilter) : null }
}

/** @param now the time on the robot (ms), as far as it is known */
export function filterModules(modules: readonly Module[], { text, state }: ModuleFilter, now?: number): Module[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return modules.filter((module) => hasState(module, state, now)).filter((module) => words.every((word) => haystack(module).includes(word)))
}

function haystack(module: Module): string {
  return [module.id, module.alias, module.display_name, module.description].join('\n').toLowerCase()
}

function hasState(module: Module, state: StateFilter, now: number | undefined): boolean {
  if (state === null) return true
  if (state === 'troubled') return ['bad', 'warn'].includes(severityOf(module, now))
  if (state === 'update') return module.update !== null
  return module.state.phase === state
}

/** Phases that occur, with how often. */
export function phaseCounts(modules: readonly Module[]): { phase: Phase; count: number }[] {
  return phaseValues
    .map((phase) => ({ phase, count: modules.filter((module) => module.state.phase === phase).length }))
    .filter(({ count }) => count > 0)
}
