import type { QueryClient } from '@tanstack/vue-query'
import type { useLiveStore } from '../live/liveStore'

/** What happened within this time (ms) is asked for once. */
const TOGETHER = 250

/**
 * Asks again for what an event has made old: everything that is shown of a module that changed, and everything at all after the
 * connection was lost.
 *
 * @returns ends it
 */
export function refreshOnEvents(live: ReturnType<typeof useLiveStore>, queries: QueryClient): () => void {
  const changed = new Set<string>()
  let versionsChanged = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function refresh(): void {
    timer = undefined
    const ids = [...changed]
    const all = versionsChanged
    changed.clear()
    versionsChanged = false
    void queries.invalidateQueries({
      predicate: ({ queryKey: [kind, id] }) =>
        (kind === 'module' && ids.includes(String(id))) || (all && (kind === 'catalogue' || kind === 'retention')),
    })
  }
  function onChange(moduleId: string, hasEnded: boolean): void {
    changed.add(moduleId)
    versionsChanged ||= hasEnded
    timer ??= setTimeout(refresh, TOGETHER)
  }
  function onResume(): void {
    void queries.invalidateQueries()
  }

  live.changeListeners.add(onChange)
  live.resumeListeners.add(onResume)
  return () => {
    clearTimeout(timer)
    live.changeListeners.delete(onChange)
    live.resumeListeners.delete(onResume)
  }
}
