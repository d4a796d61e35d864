/** Whether the manager takes part in ROS 2, and how. */
export interface Bridge {
  connected: boolean
  since: string
  /** Why it is not connected (English); empty when it is. */
  reason: string
  domain: number
  range: 'off' | 'localhost' | 'subnet'
  peers: string[]
  /** The manager's own node. */
  node: string | null
  counters: Record<RosCounter, number>
}

export const ROS_COUNTERS = ['echoes', 'echoed', 'dropped', 'published', 'called', 'answered', 'refused'] as const
export type RosCounter = (typeof ROS_COUNTERS)[number]

export interface Endpoint {
  /** Empty while it is not known. */
  node: string
  type: string
  reliability: 'reliable' | 'best_effort'
  durability: 'volatile' | 'transient_local'
}

export interface Topic {
  name: string
  /** More than one where its ends do not agree. */
  types: string[]
  publishers: Endpoint[]
  subscriptions: Endpoint[]
}

export interface Service {
  name: string
  types: string[]
  servers: string[]
  clients: string[]
}

/** The answer of `GET /ros/graph`. */
export interface RosGraph {
  bridge: Bridge
  nodes: { name: string; vendor: string; own: boolean }[]
  topics: Topic[]
  services: Service[]
}

export type Shown = Pick<RosGraph, 'nodes' | 'topics' | 'services'>

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
