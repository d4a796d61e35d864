import type { FeedEntry, FeedKind } from '../../api/types'

export interface FeedFilter {
  kinds: ReadonlySet<FeedKind>
  /** Id of a module; null for all. */
  module: string | null
  text: string
}

export function filterFeed(entries: readonly FeedEntry[], { kinds, module, text }: FeedFilter): FeedEntry[] {
  const wanted = text.toLowerCase()
  return entries.filter(
    (entry) =>
      kinds.has(entry.kind) &&
      (module === null || entry.module_id === module) &&
      (entry.message.toLowerCase().includes(wanted) || entry.module_id.includes(wanted)),
  )
}
