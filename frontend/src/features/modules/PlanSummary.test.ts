import { afterEach, describe, expect, it } from 'vitest'
import { mount, type Mounted } from '../../../test/mount'
import type { Plan } from '../../api/types'
import PlanSummary from './PlanSummary.vue'

const PLAN: Plan = {
  feasible: false,
  steps: [
    { module_id: 'heartbeat_1', name: 'heartbeat', from_version: '1.0.0', version: '1.1.0', repository: 'demo', size: 2_000, required_by: 'follower', update_order: null },
    { module_id: 'follower_1', name: 'follower', from_version: null, version: '1.0.0', repository: 'demo', size: null, required_by: null, update_order: null },
  ],
  download_bytes: 2_000,
  disk_bytes: 5_000_000,
  disk_free_bytes: 1_000_000,
  memory_bytes: 64_000_000,
  ports: [8081],
  downtime: 7,
  blockers: [
    { type: '/problems/disk-full', title: 'Disk full', status: 507, code: 'disk-full', detail: 'It needs 5 MB, 1 MB is free.' },
    { type: '/problems/port-taken', title: 'Port taken', status: 409, code: 'port-taken', detail: 'Port 8081 is held by process 7.' },
  ],
  warnings: ['heartbeat is stopped meanwhile'],
}

let mounted: Mounted
afterEach(() => mounted.unmount())

describe('PlanSummary', () => {
  it('shouldTellOrderVersionsAndWhatItNeeds', () => {
    mounted = mount(PlanSummary, { plan: PLAN })

    const steps = [...mounted.place.querySelectorAll('.step')].map((step) => step.textContent?.replace(/\s+/g, ' ').trim())
    expect(steps).toEqual(['1.heartbeat 1.0.0 → 1.1.0 from demo, 2 kB, needed by follower', '2.follower 1.0.0 from demo'])
    for (const fact of ['5 MB, 1 MB free', '64 MB', '8081', 'up to 7 s', 'heartbeat is stopped meanwhile']) expect(mounted.place.textContent).toContain(fact)
  })

  it('shouldTellWhatComesFirstAndThatNoDataComesBack', () => {
    const step = PLAN.steps[0]!
    mounted = mount(PlanSummary, {
      plan: {
        ...PLAN,
        steps: [
          { ...step, update_order: { order: 'start-first', reason: '1.0.0 permits it' } },
          { ...step, module_id: 'camera_1', update_order: { order: 'stop-first', reason: 'both versions publish TCP port 8081' } },
        ],
      },
    })

    const orders = [...mounted.place.querySelectorAll('.step__order')].map((order) => order.textContent)
    expect(orders[0]).toContain('No data is restored')
    expect(orders[0]).toContain('1.0.0 permits it')
    expect(orders[1]).toContain('both versions publish TCP port 8081')
  })

  it('shouldNameEverythingThatStandsInTheWay', () => {
    mounted = mount(PlanSummary, { plan: PLAN })

    const blockers = [...mounted.place.querySelectorAll('[data-problem]')]
    expect(blockers.map((blocker) => blocker.getAttribute('data-problem'))).toEqual(['disk-full', 'port-taken'])
    expect(blockers[0]?.textContent).toContain('It needs 5 MB, 1 MB is free.')
    expect(blockers[0]?.textContent).toContain('Remove what is not needed')
  })
})
