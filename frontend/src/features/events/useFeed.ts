import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '../../api/client'
import type { FeedEntry } from '../../api/types'
import { useLiveStore } from '../../live/liveStore'

const PAGE = 500
/** The manager's rings are bounded; this only keeps a page from asking for ever. */
const MOST_PAGES = 20

async function readAll(signal: AbortSignal): Promise<FeedEntry[]> {
  const all: FeedEntry[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer: { items: FeedEntry[]; next: string | null } = await ask(
      api.GET('/feeds', { params: { query: { limit: PAGE, ...(after && { after }) } }, signal }),
    )
    all.push(...answer.items)
    if (answer.items.length < PAGE) break
    after = answer.next
  }
  return all
}

/** What the modules told, newest first: what the manager remembers, and what has come since. */
export function useFeed() {
  const live = useLiveStore()
  const history = useQuery({ queryKey: ['feeds'], queryFn: ({ signal }) => readAll(signal), staleTime: Infinity })
  const entries = computed(() => mergeFeeds(history.data.value ?? [], live.feed))
  return { entries, history }
}

/** Both, each entry once, newest first. */
export function mergeFeeds(history: readonly FeedEntry[], live: readonly FeedEntry[]): FeedEntry[] {
  const known = new Set(history.map((entry) => entry.id))
  return [...history, ...live.filter((entry) => !known.has(entry.id))].sort((a, b) => Number(b.id) - Number(a.id))
}
