import { afterEach, describe, expect, it, vi } from 'vitest'
import { mount, type Mounted } from '../../../test/mount'
import { aModule } from '../../../test/samples'
import type { Explanation } from '../../api/types'
import { useLiveStore } from '../../live/liveStore'
import ExplanationPanel from './ExplanationPanel.vue'

const HEARTBEAT = aModule({ name: 'heartbeat', display_name: 'Heartbeat' })
const FOLLOWER = aModule({ name: 'follower', state: { phase: 'stopped' } })
const EXPLANATION: Explanation = {
  module_id: FOLLOWER.id,
  phase: 'stopped',
  summary: 'It waits for another module.',
  blocked_by: [
    { module_id: HEARTBEAT.id, phase: 'stopped', reason: 'stopped by admin' },
    { module_id: `base_${'0'.repeat(32)}`, phase: 'installing', reason: 'not supervised yet' },
  ],
  last_transitions: [],
  next_retry: null,
  restarts_left: 0,
  unblock: ['start heartbeat'],
}

let mounted: Mounted

afterEach(() => {
  mounted.unmount()
  vi.unstubAllGlobals()
})

describe('ExplanationPanel', () => {
  it('shouldTellTheChainOfWhatItWaitsForAndWhatWouldHelp', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(EXPLANATION)))
    mounted = mount(ExplanationPanel, { module: FOLLOWER })
    useLiveStore().applySnapshot({ modules: [HEARTBEAT, FOLLOWER] })
    const chain = (): (string | undefined)[] => [...mounted.place.querySelectorAll('[data-blocker]')].map((line) => line.textContent?.replace(/\s+/g, ' ').trim())

    await expect.poll(chain).toEqual(['HeartbeatStoppedstopped by admin', 'baseInstallingnot supervised yet'])
    expect(mounted.place.querySelector<HTMLAnchorElement>('[data-blocker] a')?.getAttribute('href')).toContain(HEARTBEAT.id)
    expect(mounted.place.textContent).toContain('start heartbeat')
  })
})
