import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { mount, type, type Mounted } from '../../../test/mount'
import type { Role } from '../../api/types'
import { useSessionStore } from '../auth/sessionStore'
import RosView from './RosView.vue'
import type { Conflict, RosGraph } from './graph'

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
  nodes: [
    { name: '/arm/driver', vendor: 'Eclipse Cyclone DDS', own: false, module: `arm_${'0'.repeat(32)}` },
    { name: '/module_manager', vendor: 'VYRA', own: true, module: null },
    { name: '/stray', vendor: 'eProsima Fast DDS', own: false, module: null },
  ],
  topics: [
    {
      name: '/chatter',
      types: ['std_msgs/msg/String'],
      publishers: [{ node: '/talker', type: 'std_msgs/msg/String', reliability: 'best_effort', durability: 'volatile' }],
      subscriptions: [{ node: '', type: 'std_msgs/msg/String', reliability: 'reliable', durability: 'volatile' }],
    },
  ],
  services: [{ name: '/arm/home', types: ['std_srvs/srv/Trigger'], servers: ['/arm'], clients: [] }],
  conflicts: [],
  conflict_count: 0,
}

const CONFLICT: Conflict = {
  topic: '/scan',
  type: 'sensor_msgs/msg/LaserScan',
  publisher: { node: '/lidar', gid: '01.10' },
  subscription: { node: '', gid: '01.0f' },
  differences: [
    { policy: 'reliability', offered: 'best_effort', requested: 'reliable' },
    { policy: 'deadline', offered: 'infinite', requested: '100.0 ms' },
  ],
}

let mounted: Mounted
let sent: { path: string; body: unknown }[]

function answer(status: number, body: unknown, role: Role = 'operator', toPost: unknown = {}, postStatus = 200): HTMLElement {
  sent = []
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'GET') return Response.json(body, { status })
    sent.push({ path: request.url.replace(/^.*\/api\/v1\//, ''), body: await request.json() })
    return Response.json(toPost, { status: postStatus })
  })
  mounted = mount(RosView)
  useSessionStore().user = { username: 'otto', role, must_change_password: false }
  return mounted.place
}
async function unfold(place: HTMLElement, kind: 'topic' | 'service', name: string): Promise<HTMLDetailsElement> {
  const line = () => place.querySelector<HTMLDetailsElement>(`[data-${kind}="${name}"]`)
  await expect.poll(line).not.toBeNull()
  line()!.open = true
  line()!.dispatchEvent(new Event('toggle'))
  await nextTick()
  return line()!
}
const submit = (line: HTMLElement): boolean => line.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
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

  it('shouldShowWhoDoesNotGetTogetherAndWhy', async () => {
    const place = answer(200, { ...GRAPH, conflicts: [CONFLICT], conflict_count: 3 })

    await expect.poll(() => place.querySelector('[data-conflict="/scan"]')).not.toBeNull()
    const facts = [...place.querySelectorAll('[data-conflict="/scan"] dt')].map((fact) => [fact.textContent, fact.nextElementSibling?.textContent?.trim()])
    expect(facts, 'whoever is not known by name is known by its id').toEqual([
      ['Publisher', '/lidar'],
      ['Subscription', 'not known yet 01.0f'],
      ['reliability', 'offered: best effort, asked for: reliable'],
      ['deadline', 'offered: infinite, asked for: 100.0 ms'],
    ])
    expect(place.querySelector('[data-conflicts]')?.textContent).toContain('and 2 more')
    await type(place.querySelector('input')!, 'home')
    expect(place.querySelector('[data-conflicts]')).toBeNull()
  })

  it('shouldShowNoConflictsWhereThereAreNone', async () => {
    const place = answer(200, GRAPH)

    await expect.poll(() => place.querySelector('[data-topic="/chatter"]')).not.toBeNull()
    expect(place.querySelector('[data-conflicts]')).toBeNull()
  })

  it('shouldTellModulesNodesFromOrphans', async () => {
    const place = answer(200, GRAPH)

    await expect.poll(() => place.querySelector('[data-node="/stray"]')?.textContent).toContain('belongs to no module')
    const owner = place.querySelector<HTMLAnchorElement>('[data-node="/arm/driver"] a')
    expect(owner?.textContent?.trim()).toBe('arm')
    expect(owner?.getAttribute('href')).toContain(`/modules/arm_${'0'.repeat(32)}`)
    expect(place.querySelector('[data-node="/module_manager"]')?.textContent).not.toContain('belongs to no module')
  })

  it('shouldPublishWhatWasTypedAndTellWhomItReached', async () => {
    const place = answer(200, GRAPH, 'operator', { topic: '/chatter', type: 'std_msgs/msg/String', subscriptions: 1 })
    const line = await unfold(place, 'topic', '/chatter')
    await type(line.querySelector('textarea')!, '{"data": "hello"}')

    submit(line)

    await expect.poll(() => line.querySelector('[role=status]')?.textContent).toContain('to one subscription')
    expect(sent).toEqual([{ path: 'ros/topics/chatter', body: { message: { data: 'hello' } } }])
  })

  it('shouldSayAtTheFieldWhatIsNoneOfTheType', async () => {
    const refusal = { code: 'invalid-request', status: 422, detail: 'It is none of the type.', errors: [{ pointer: '/message/data', detail: 'is no text' }] }
    const place = answer(200, GRAPH, 'operator', refusal, 422)
    const line = await unfold(place, 'topic', '/chatter')
    await type(line.querySelector('textarea')!, '{"data": 5}')

    submit(line)

    await expect.poll(() => line.querySelector('textarea')!.getAttribute('aria-invalid')).toBe('true')
    expect(line.querySelector('[data-problem]')?.textContent).toContain('/message/data')
    expect(line.querySelector('textarea')!.value).toBe('{"data": 5}')
  })

  it('shouldCallAServiceAndShowItsAnswer', async () => {
    const place = answer(200, GRAPH, 'operator', { service: '/arm/home', type: 'std_srvs/srv/Trigger', response: { success: true } })
    const line = await unfold(place, 'service', '/arm/home')

    submit(line)

    await expect.poll(() => line.querySelector('pre')?.textContent).toContain('"success": true')
    expect(sent).toEqual([{ path: 'ros/services/arm%2Fhome?timeout=5', body: { request: {} } }])
  })

  it('shouldOfferViewersNothingToDo', async () => {
    const place = answer(200, GRAPH, 'viewer')
    const topic = await unfold(place, 'topic', '/chatter')
    const service = await unfold(place, 'service', '/arm/home')

    expect(topic.textContent).toContain('/talker')
    expect([...topic.querySelectorAll('button, form'), ...service.querySelectorAll('button, form')]).toEqual([])
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
    const place = answer(200, { bridge, nodes: [], topics: [], services: [], conflicts: [], conflict_count: 0 })

    await expect.poll(() => place.querySelector('[data-connected="false"]')).not.toBeNull()
    expect(place.textContent).toContain('There is no network.')
  })

  it('shouldSayThatTheBridgeIsSwitchedOff', async () => {
    const bridge = { ...GRAPH.bridge, enabled: false, connected: false, reason: 'It is off by mm.ros2.enabled=false.', node: null }
    const place = answer(200, { bridge, nodes: [], topics: [], services: [], conflicts: [], conflict_count: 0 })

    await expect.poll(() => place.querySelector('[data-absent]')?.textContent).toContain('It is off by mm.ros2.enabled=false.')
    expect(place.querySelector('[data-connected]'), 'what is wanted so is not shown as a fault').toBeNull()
  })

  it('shouldTakeItForNoFaultWhereThereIsNoBridge', async () => {
    const place = answer(501, { code: 'not-implemented', status: 501, detail: 'There is no bridge.' })

    await expect.poll(() => place.querySelector('[data-absent]')?.textContent?.trim()).toBe('This robot has no bridge to ROS 2.')
    expect(place.querySelector('[role=alert]')).toBeNull()
  })
})
