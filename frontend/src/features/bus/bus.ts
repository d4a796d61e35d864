import type { Bus, BusFace, BusRoute } from '../../api/types'

/** As whom a connection is known: the module, else the user, else its Zenoh id. */
export function nameOfFace({ module, user, identity }: Pick<BusFace, 'module' | 'user' | 'identity'>): string {
  return module ?? user ?? identity
}

/** Whose a declaration is; null: the manager's, which is not connected to itself. */
export function ownerOf(route: Pick<BusRoute, 'face'>, faces: readonly BusFace[]): BusFace | null {
  return faces.find(({ id }) => id === route.face) ?? null
}

export interface Declarations {
  owner: BusFace | null
  routes: BusRoute[]
}

/** Declarations whose key or kind has the text, by whose they are and by key; the manager's last, which are the same on every robot. */
export function declarationsOf({ routes, faces }: Pick<Bus, 'routes' | 'faces'>, text: string): Declarations[] {
  const wanted = text.trim().toLowerCase()
  const found = routes.filter(({ key, kind }) => key.toLowerCase().includes(wanted) || kind.includes(wanted))
  return [...faces, null]
    .map((owner) => ({
      owner,
      routes: found.filter((route) => ownerOf(route, faces) === owner).sort((a, b) => a.key.localeCompare(b.key)),
    }))
    .filter((declarations) => declarations.routes.length > 0)
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
