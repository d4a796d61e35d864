import { roleValues } from './schema'
import type { Role } from './types'

/** Whether a role includes what another one may do: viewer < operator < developer < admin. */
export function includes(role: Role, needed: Role): boolean {
  return roleValues.indexOf(role) >= roleValues.indexOf(needed)
}
