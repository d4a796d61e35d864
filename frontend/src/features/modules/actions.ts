import type { Module, Role } from '../../api/types'
import type { IconName } from '../../shared/icons'

export const ACTIONS = ['start', 'stop', 'restart', 'suspend', 'resume', 'update', 'rollback', 'settings', 'remove'] as const
export type ActionId = (typeof ACTIONS)[number]

/** Actions that are one request without a body. */
export type CommandId = Extract<ActionId, 'start' | 'stop' | 'restart' | 'suspend' | 'resume' | 'rollback'>

export const ACTION_ICONS: Record<ActionId, IconName> = {
  start: 'start',
  stop: 'stop',
  restart: 'restart',
  suspend: 'suspend',
  resume: 'start',
  update: 'update',
  rollback: 'rollback',
  settings: 'edit',
  remove: 'remove',
}

const ROLES: Record<ActionId, Role> = {
  start: 'operator',
  stop: 'operator',
  restart: 'operator',
  suspend: 'operator',
  resume: 'operator',
  update: 'developer',
  rollback: 'developer',
  settings: 'developer',
  remove: 'developer',
}

/**
 * What this user can do with this module now, the most likely first. What the role, the module's manifest or its state rules out is not
 * offered; the manager decides all the same.
 */
export function actionsFor(module: Module, may: (role: Role) => boolean): ActionId[] {
  return inOrder(module)
    .filter((action) => may(ROLES[action]))
    .filter((action) => fits(action, module))
}

function inOrder(module: Module): ActionId[] {
  const first: ActionId[] = isUp(module) ? ['restart', 'stop'] : ['start', 'stop']
  return [...first, 'resume', 'suspend', 'update', 'rollback', 'settings', 'remove']
}

function isUp(module: Module): boolean {
  return ['running', 'starting', 'backoff'].includes(module.state.phase)
}

function fits(action: ActionId, module: Module): boolean {
  const { phase } = module.state
  const { permissions } = module
  switch (action) {
    case 'start':
      return phase === 'stopped' || phase === 'failed'
    case 'stop':
      return isUp(module) || phase === 'suspended' || (phase === 'failed' && module.desired.state === 'running')
    case 'restart':
      return isUp(module)
    case 'suspend':
      return phase === 'running' && permissions.suspendable
    case 'resume':
      return phase === 'suspended'
    case 'update':
      return module.update !== null && permissions.updatable
    case 'rollback':
      return module.version !== null && permissions.updatable && phase !== 'removing'
    case 'settings':
      return phase !== 'removing'
    case 'remove':
      return permissions.removable && phase !== 'removing'
  }
}
