import type { CatalogItem } from '../../api/types'

/** What the repositories offer of one module: all its versions, as the manager orders them (newest first). */
export interface Offer {
  name: string
  newest: CatalogItem
  items: CatalogItem[]
  /** Installed instances, each once. */
  installed: { module_id: string; version: string | null }[]
  updateAvailable: boolean
}

export function offersOf(items: readonly CatalogItem[]): Offer[] {
  const byName = new Map<string, CatalogItem[]>()
  for (const item of items) byName.set(item.name, [...(byName.get(item.name) ?? []), item])
  return [...byName.values()].map((all) => {
    const installed = new Map(all.flatMap((item) => item.installed).map((instance) => [instance.module_id, instance]))
    return {
      name: all[0]!.name,
      newest: all[0]!,
      items: all,
      installed: [...installed.values()],
      updateAvailable: all.some((item) => item.update_available),
    }
  })
}
