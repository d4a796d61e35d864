import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { api, ask } from '../../api/client'
import { asProblem, type ApiProblem } from '../../api/problem'
import type { LogLine } from '../../api/types'
import { useLiveConnection } from '../../live/live'
import { useLiveStore } from '../../live/liveStore'
import { append, appendTail, type ShownLine } from './log'

const TAIL = 2_000
/** Lines that come within this time (ms) are shown at once, so that a chatty module does not keep the page busy. */
const TOGETHER = 100

/**
 * A module's log: its last lines, then each new one. What comes before the last lines are there, or while the connection was lost, is
 * put together without repeating anything.
 */
export function useLog(moduleId: string) {
  const live = useLiveStore()
  const connection = useLiveConnection()
  const lines = shallowRef<readonly ShownLine[]>([])
  const problem = ref<ApiProblem | null>(null)
  const loaded = ref(false)
  let waiting: LogLine[] = []
  let reading = true
  let timer: ReturnType<typeof setTimeout> | undefined
  const leaving = new AbortController()

  function flush(): void {
    timer = undefined
    if (reading || waiting.length === 0) return
    lines.value = append(lines.value, waiting)
    waiting = []
  }

  async function readTail(): Promise<void> {
    reading = true
    try {
      const tail = (await ask(
        api.GET('/modules/{id}/logs', { params: { path: { id: moduleId }, query: { tail: TAIL } }, signal: leaving.signal }),
      )) as { items: LogLine[] }
      lines.value = appendTail(lines.value, tail.items)
      // What came by the stream meanwhile is in the tail, or follows it.
      if (waiting.length > 0 && tail.items.length > 0) lines.value = appendTail(lines.value, rest(tail.items, waiting))
      else if (waiting.length > 0) lines.value = append(lines.value, waiting)
      waiting = []
      problem.value = null
      loaded.value = true
    } catch (failure) {
      if (leaving.signal.aborted) return
      problem.value = asProblem(failure)
    } finally {
      reading = false
      flush()
    }
  }

  function onLine(line: LogLine): void {
    waiting.push(line)
    timer ??= setTimeout(flush, TOGETHER)
  }

  const listeners = live.logListeners.get(moduleId) ?? new Set()
  listeners.add(onLine)
  live.logListeners.set(moduleId, listeners)
  const unfollow = connection.followLog(moduleId)
  const stopWatching = watch(
    // Only a stream that was opened after this log was asked for brings its lines: what was before is in the tail that is read then.
    () => live.opened,
    () => void readTail(),
    { immediate: true },
  )

  onScopeDispose(() => {
    clearTimeout(timer)
    leaving.abort()
    stopWatching()
    listeners.delete(onLine)
    unfollow()
  })

  return { lines, problem, loaded, readTail }
}

/** What of the stream's lines is not in the tail. */
function rest(tail: readonly LogLine[], stream: readonly LogLine[]): readonly LogLine[] {
  const last = tail.at(-1)!
  const at = stream.findLastIndex((line) => line.at === last.at && line.stream === last.stream && line.text === last.text)
  if (at >= 0) return stream.slice(at)
  const newer = stream.filter((line) => line.at > last.at)
  return [last, ...newer]
}
