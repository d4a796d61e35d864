import { afterEach, describe, expect, it, vi } from 'vitest'
import { mount, type, type Mounted } from '../../../test/mount'
import RosView from './RosView.vue'
import type { RosGraph } from './graph'

const GRAPH: RosGraph = {
  bridge: {
    enabled: true,
    connected: true,
    since: '2026-01-01T00:00:00Z',
    reason: '',
    domain: 42,
    range: 'subnet',
    peers: [],
    node: '/module_manager',
    counters: { echoes: 0, echoed: 12, dropped: 0, published: 3, called: 0, answered: 0, refused: 0 },
  },
  nodes: [{ name: '/module_manager', vendor: 'VYRA', own: true, module: null }],
  topics: [
    {
      name: '/chatter',
      types: ['std_msgs/msg/String'],
      publishers: [{ node: '/talker', type: 'std_msgs/msg/String', reliability: 'best_effort', durability: 'volatile' }],
      subscriptions: [{ node: '', type: 'std_msgs/msg/String', reliability: 'reliable', durability: 'volatile' }],
    },
  ],
  services: [{ name: '/arm/home', types: ['std_srvs/srv/Trigger'], servers: ['/arm'], clients: [] }],
}

let mounted: Mounted

function answer(status: number, body: unknown): HTMLElement {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, { status })))
  mounted = mount(RosView)
  return mounted.place
}
afterEach(() => {
  mounted.unmount()
  vi.unstubAllGlobals()
})

describe('RosView', () => {
  it('shouldShowTheGraphAndWhatCannotBeHeard', async () => {
    const place = answer(200, GRAPH)

    await expect.poll(() => place.querySelector('[data-connected="true"]')).not.toBeNull()
    expect(place.querySelector('[data-node="/module_manager"]')?.textContent).toContain('this manager')
    const topic = place.querySelector('[data-topic="/chatter"]')!
    expect(topic.querySelector('.tag--warn')?.textContent).toBe('Qualities of service do not fit')
    expect(topic.textContent).toContain('/talker')
    expect(place.querySelector('[data-service="/arm/home"]')?.textContent).toContain('Served by /arm')
  })

  it('shouldNarrowWhatItShows', async () => {
    const place = answer(200, GRAPH)
    await expect.poll(() => place.querySelector('input')).not.toBeNull()

    await type(place.querySelector('input')!, 'home')

    expect(place.querySelector('[data-topic]')).toBeNull()
    expect(place.querySelector('[data-service="/arm/home"]')).not.toBeNull()
  })

  it('shouldSayWhyTheBridgeIsNotConnected', async () => {
    const bridge = { ...GRAPH.bridge, connected: false, reason: 'There is no network.', node: null }
    const place = answer(200, { bridge, nodes: [], topics: [], services: [] })

    await expect.poll(() => place.querySelector('[data-connected="false"]')).not.toBeNull()
    expect(place.textContent).toContain('There is no network.')
  })

  it.each([
    [404, 'not-found'],
    [501, 'not-implemented'],
  ])('shouldTakeItForNoFaultWhereThereIsNoBridge: %d', async (status, code) => {
    const place = answer(status, { code, status, detail: 'There is no bridge.' })

    await expect.poll(() => place.querySelector('[data-absent]')?.textContent).toBe('This robot has no bridge to ROS 2.')
    expect(place.querySelector('[role=alert]')).toBeNull()
  })
})
