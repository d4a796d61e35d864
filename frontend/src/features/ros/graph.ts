import type { RosConflict as Conflict, RosGraph, RosEndpoint as Endpoint, RosTopic as Topic } from '../../api/types'

export type { Conflict, RosGraph, Endpoint, Topic }

export const ROS_COUNTERS = ['echoes', 'echoed', 'dropped', 'published', 'called', 'answered', 'refused'] as const

export type Shown = Pick<RosGraph, 'nodes' | 'topics' | 'services'>

/** Without the topics and services in the namespace of a node, which it has for itself. */
export function withoutNamespaceOf(node: string | null, { nodes, topics, services }: Shown): Shown {
  const namespace = node?.slice(0, node.lastIndexOf('/')) ?? ''
  const isOther = ({ name }: { name: string }): boolean => namespace === '' || !name.startsWith(`${namespace}/`)
  return { nodes, topics: topics.filter(isOther), services: services.filter(isOther) }
}

/** What has the text in its name, its types, or the name of a node that takes part; by name. */
export function filterGraph({ nodes, topics, services }: Shown, text: string): Shown {
  const wanted = text.trim().toLowerCase()
  const fits = (...words: string[]): boolean => words.some((word) => word.toLowerCase().includes(wanted))
  return {
    nodes: byName(nodes.filter((node) => fits(node.name, node.vendor))),
    topics: byName(topics.filter((topic) => fits(topic.name, ...topic.types, ...[...topic.publishers, ...topic.subscriptions].map(({ node }) => node)))),
    services: byName(services.filter((service) => fits(service.name, ...service.types, ...service.servers, ...service.clients))),
  }
}

/** Those with the text in their topic, its type, or the name of one of the nodes. */
export function filterConflicts(conflicts: readonly Conflict[], text: string): Conflict[] {
  const wanted = text.trim().toLowerCase()
  return conflicts.filter(({ topic, type, publisher, subscription }) => [topic, type, publisher.node, subscription.node].some((word) => word.toLowerCase().includes(wanted)))
}

function byName<T extends { name: string }>(items: T[]): T[] {
  return items.toSorted((a, b) => a.name.localeCompare(b.name))
}

/** Whether nothing a publisher sends reaches a subscription, because reliability, durability or types do not fit (DDS 1.4, section 2.2.3). */
export function isMismatched({ publishers, subscriptions }: Topic): boolean {
  const reaches = (from: Endpoint, to: Endpoint): boolean =>
    from.type === to.type &&
    !(from.reliability === 'best_effort' && to.reliability === 'reliable') &&
    !(from.durability === 'volatile' && to.durability === 'transient_local')
  return publishers.length > 0 && subscriptions.some((to) => !publishers.some((from) => reaches(from, to)))
}
