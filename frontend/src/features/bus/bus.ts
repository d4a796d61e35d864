import type { Bus, BusFace, BusRoute } from '../../api/types'

/** As whom a connection is known: the module, else the user, else its Zenoh id. */
export function nameOfFace({ module, user, identity }: Pick<BusFace, 'module' | 'user' | 'identity'>): string {
  return module ?? user ?? identity
}

/** Whose a declaration is; null: the manager's, which is not connected to itself. */
export function ownerOf(route: Pick<BusRoute, 'face'>, faces: readonly BusFace[]): BusFace | null {
  return faces.find(({ id }) => id === route.face) ?? null
}

/** Declarations whose key or kind has the text, by key. */
export function filterRoutes(routes: readonly BusRoute[], text: string): BusRoute[] {
  const wanted = text.trim().toLowerCase()
  return routes.filter(({ key, kind }) => key.toLowerCase().includes(wanted) || kind.includes(wanted)).sort((a, b) => a.key.localeCompare(b.key))
}

export interface Traffic {
  module: string
  published: number
  received: number
}

/** Messages by module, those with most first. */
export function trafficOf({ modules }: Pick<Bus, 'modules'>): Traffic[] {
  return Object.entries(modules)
    .map(([module, { published, received }]) => ({ module, published, received }))
    .sort((a, b) => b.published + b.received - (a.published + a.received))
}
