import { describe, expect, it } from 'vitest'
import { filterConflicts, filterGraph, isMismatched, withoutNamespaceOf, type Conflict, type Endpoint, type Topic } from './graph'

const end = (parts: Partial<Endpoint> = {}): Endpoint => ({ node: '/talker', type: 'std_msgs/msg/String', reliability: 'reliable', durability: 'volatile', ...parts })
const topic = (parts: Partial<Topic> = {}): Topic => ({ name: '/chatter', types: ['std_msgs/msg/String'], publishers: [], subscriptions: [], ...parts })

describe('filterGraph', () => {
  const graph = {
    nodes: [
      { name: '/talker', vendor: 'eProsima Fast DDS', own: false, module: null },
      { name: '/arm/driver', vendor: 'Eclipse Cyclone DDS', own: false, module: null },
    ],
    topics: [topic({ publishers: [end()] }), topic({ name: '/arm/pose', types: ['geometry_msgs/msg/Pose'] })],
    services: [{ name: '/arm/home', types: ['std_srvs/srv/Trigger'], servers: ['/arm/driver'], clients: [] }],
  }
  const names = (text: string) => Object.values(filterGraph(graph, text)).map((items) => items.map(({ name }) => name))

  it('shouldBeInTheOrderOfNames', () => {
    expect(names('')).toEqual([['/arm/driver', '/talker'], ['/arm/pose', '/chatter'], ['/arm/home']])
  })

  it('shouldFindNamesTypesAndWhoTakesPart', () => {
    expect(names(' TALKER')).toEqual([['/talker'], ['/chatter'], []])
    expect(names('pose')).toEqual([[], ['/arm/pose'], []])
    expect(names('/arm/driver')).toEqual([['/arm/driver'], [], ['/arm/home']])
  })
})

describe('filterConflicts', () => {
  const conflict = (parts: Partial<Conflict>): Conflict => ({
    topic: '/scan',
    type: 'std_msgs/msg/String',
    publisher: { node: '/lidar', gid: '01' },
    subscription: { node: '', gid: '02' },
    differences: [{ policy: 'reliability', offered: 'best_effort', requested: 'reliable' }],
    ...parts,
  })
  const all = [conflict({}), conflict({ topic: '/map', publisher: { node: '/mapper', gid: '03' } })]

  it.each([
    ['', ['/scan', '/map']],
    [' LIDAR ', ['/scan']],
    ['map', ['/map']],
    ['nobody', []],
  ])('shouldFind %j by topic, type and node', (text, topics) => {
    expect(filterConflicts(all, text).map(({ topic }) => topic)).toEqual(topics)
  })
})

describe('withoutNamespaceOf', () => {
  const graph = {
    nodes: [{ name: '/manager_1/node', vendor: 'VYRA', own: true, module: null }],
    topics: [topic(), topic({ name: '/manager_1/states' }), topic({ name: '/manager_10/states' })],
    services: [{ name: '/manager_1/list', types: [], servers: [], clients: [] }],
  }

  it('shouldLeaveOutWhatANodeHasForItself', () => {
    const { nodes, topics, services } = withoutNamespaceOf('/manager_1/node', graph)

    expect(nodes).toEqual(graph.nodes)
    expect(topics.map(({ name }) => name)).toEqual(['/chatter', '/manager_10/states'])
    expect(services).toEqual([])
  })

  it('shouldLeaveOutNothingInTheNamespaceOfAll', () => {
    expect(withoutNamespaceOf('/node', graph)).toEqual(graph)
    expect(withoutNamespaceOf(null, graph)).toEqual(graph)
  })
})

describe('isMismatched', () => {
  it.each([
    ['like to like', [end()], [end()], false],
    ['reliable to best effort', [end()], [end({ reliability: 'best_effort' })], false],
    ['best effort to reliable', [end({ reliability: 'best_effort' })], [end()], true],
    ['volatile to transient local', [end()], [end({ durability: 'transient_local' })], true],
    ['another type', [end({ type: 'std_msgs/msg/Int32' })], [end()], true],
    ['one of two publishers', [end({ reliability: 'best_effort' }), end()], [end()], false],
    ['nobody publishes', [], [end()], false],
  ])('shouldTake %s for what it is', (_, publishers, subscriptions, expected) => {
    expect(isMismatched(topic({ publishers, subscriptions }))).toBe(expected)
  })
})
