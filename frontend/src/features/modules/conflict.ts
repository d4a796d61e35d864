import type { Module, ModulePatch } from '../../api/types'

/** What a person can change about a module besides its state. */
export interface Settings {
  alias: string
  primary: boolean
  pinned: boolean
}

export type SettingKey = keyof Settings

export const SETTING_KEYS: readonly SettingKey[] = ['alias', 'primary', 'pinned']

export function settingsOf(module: Pick<Module, 'alias' | 'primary' | 'pinned'>): Settings {
  return { alias: module.alias ?? '', primary: module.primary, pinned: module.pinned }
}

/** The fields that differ, as the body of a PATCH; null when there is nothing to change. */
export function changeFrom(before: Settings, after: Settings): ModulePatch | null {
  const patch: ModulePatch = {}
  if (after.alias !== before.alias) patch.alias = after.alias
  if (after.primary !== before.primary) patch.primary = after.primary
  if (after.pinned !== before.pinned) patch.pinned = after.pinned
  return Object.keys(patch).length > 0 ? patch : null
}

/** What somebody else changed meanwhile, beside what this person wants. */
export function conflicts(seen: Settings, mine: Settings, theirs: Settings): SettingKey[] {
  return SETTING_KEYS.filter((key) => theirs[key] !== seen[key] || theirs[key] !== mine[key])
}
