import type { FeedEntry, FeedKind } from '../../api/types'
import type { Tone } from '../../shared/StateTag.vue'

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

/** What an entry's detail adds for people: the level of a log line, code and advice of an error. States and news say it all already. */
export function remarkOf({ kind, detail }: Pick<FeedEntry, 'kind' | 'detail'>): string {
  return kind === 'log' || kind === 'error' ? detail : ''
}

/** How much an entry asks for attention; log lines by their level. */
export function toneOf({ kind, detail }: Pick<FeedEntry, 'kind' | 'detail'>): Tone {
  if (kind === 'error' || (kind === 'log' && /^(error|critical|fatal)/i.test(detail))) return 'bad'
  if (kind === 'log' && /^warn/i.test(detail)) return 'warn'
  return kind === 'state' ? 'busy' : 'idle'
}
