import { useQuery } from '@tanstack/vue-query'
import { shallowReactive, watchEffect } from 'vue'
import { api, ask } from '../../api/client'
import { withReading, type UsagePoint } from './usage'

/** Kept while the page is open, so that a curve does not begin anew with every view. */
const histories = shallowReactive(new Map<string, readonly UsagePoint[]>())
const INTERVAL = 5_000

/** Curves of processor and memory of all modules, read for as long as a view shows them and the page is in sight. */
export function useUsage(): ReadonlyMap<string, readonly UsagePoint[]> {
  const stats = useQuery({
    queryKey: ['stats'],
    queryFn: ({ signal }) => ask(api.GET('/stats', { signal })),
    refetchInterval: INTERVAL,
    staleTime: INTERVAL,
  })
  watchEffect(() => {
    const reading = stats.data.value
    if (!reading) return
    const at = Date.parse(reading.at)
    const present = new Set(reading.items.map((item) => item.module_id))
    for (const id of [...histories.keys()]) if (!present.has(id)) histories.delete(id)
    for (const item of reading.items) {
      histories.set(item.module_id, withReading(histories.get(item.module_id) ?? [], at, item))
    }
  })
  return histories
}
