import { describe, expect, it } from 'vitest'
import { includes } from '../api/roles'
import type { Role } from '../api/types'
import { navigationFor } from './navigation'

const as = (role: Role) => (needed: Role) => includes(role, needed)
const names = (role: Role, bus: 'up' | 'down' | 'absent', bridge: 'up' | 'down' | 'absent') =>
  navigationFor(as(role), { bus, bridge }).map((entry) => entry.route)

describe('navigationFor', () => {
  it('shouldShowUsersToAdministratorsOnly', () => {
    expect(names('admin', 'absent', 'absent')).toContain('users')
    expect(names('developer', 'absent', 'absent')).not.toContain('users')
  })

  it('shouldShowWhatIsPresentEvenWhenItIsDown', () => {
    expect(names('viewer', 'down', 'absent')).toContain('bus')
    expect(names('viewer', 'down', 'absent')).not.toContain('ros')
    expect(names('viewer', 'absent', 'down')).toContain('ros')
    expect(names('viewer', 'absent', 'absent')).not.toContain('ros')
  })

  it('shouldNotPromiseWhatIsNotKnownYet', () => {
    expect(navigationFor(as('admin'), undefined).map((entry) => entry.route)).not.toContain('bus')
  })
})
