import { describe, expect, it } from 'vitest'
import { includes } from '../../api/roles'
import type { Role } from '../../api/types'
import { aModule } from '../../../test/samples'
import { actionsFor } from './actions'

const as = (role: Role) => (needed: Role) => includes(role, needed)

describe('actionsFor', () => {
  it('shouldOfferAViewerNothing', () => {
    expect(actionsFor(aModule({ update: { version: '2.0.0', repository: 'demo' } }), as('viewer'))).toEqual([])
  })

  it('shouldOfferAnOperatorWhatCanBeTakenBack', () => {
    expect(actionsFor(aModule(), as('operator'))).toEqual(['restart', 'stop', 'suspend'])
    expect(actionsFor(aModule({ state: { phase: 'stopped' } }), as('operator'))).toEqual(['start'])
    expect(actionsFor(aModule({ state: { phase: 'suspended' } }), as('operator'))).toEqual(['stop', 'resume'])
  })

  it('shouldOfferADeveloperVersionsAndRemoval', () => {
    const module = aModule({ update: { version: '2.0.0', repository: 'demo' } })

    expect(actionsFor(module, as('developer'))).toEqual(['restart', 'stop', 'suspend', 'update', 'rollback', 'settings', 'remove'])
  })

  it('shouldHeedWhatTheManifestForbids', () => {
    const module = aModule({
      update: { version: '2.0.0', repository: 'demo' },
      permissions: { removable: false, updatable: false, suspendable: false },
    })

    expect(actionsFor(module, as('admin'))).toEqual(['restart', 'stop', 'settings'])
  })

  it('shouldPutTheWayOutOfAFailureFirst', () => {
    expect(actionsFor(aModule({ state: { phase: 'failed' } }), as('operator'))[0]).toBe('start')
    expect(actionsFor(aModule({ state: { phase: 'backoff' } }), as('operator'))[0]).toBe('restart')
  })
})
