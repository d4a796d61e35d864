import type { Role, System } from '../api/types'
import type { IconName } from '../shared/icons'

export interface NavigationEntry {
  route: string
  icon: IconName
  /** Key of its name. */
  title: string
}

interface Rule extends NavigationEntry {
  role?: Role
  when?: (system: Pick<System, 'bus' | 'bridge'>) => boolean
}

const RULES: readonly Rule[] = [
  { route: 'overview', icon: 'overview', title: 'nav.overview' },
  { route: 'modules', icon: 'modules', title: 'nav.modules' },
  { route: 'operations', icon: 'operations', title: 'nav.operations' },
  { route: 'catalogue', icon: 'catalogue', title: 'nav.catalogue' },
  { route: 'events', icon: 'events', title: 'nav.events' },
  { route: 'repositories', icon: 'repositories', title: 'nav.repositories' },
  { route: 'bus', icon: 'bus', title: 'nav.bus', when: (system) => system.bus !== 'absent' },
  { route: 'ros', icon: 'graph', title: 'nav.ros', when: (system) => system.bridge !== 'absent' },
  { route: 'system', icon: 'system', title: 'nav.system' },
  { route: 'users', icon: 'users', title: 'nav.users', role: 'admin' },
]

/** Where this user can go on this robot. Until the robot was asked, what it may lack is not offered. */
export function navigationFor(may: (role: Role) => boolean, system: Pick<System, 'bus' | 'bridge'> | undefined): NavigationEntry[] {
  return RULES.filter((rule) => rule.role === undefined || may(rule.role))
    .filter((rule) => rule.when === undefined || (system !== undefined && rule.when(system)))
    .map(({ route, icon, title }) => ({ route, icon, title }))
}

/** What a phone's bar has room for; the rest is in its menu. */
export const BAR_ENTRIES = 4
