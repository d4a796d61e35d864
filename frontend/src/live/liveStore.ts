import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import type { FeedEntry, LogLine, Module, Operation } from '../api/types'
import { isActive } from '../features/operations/operation'

/** How much a page remembers of what streams by; the manager keeps the rest. */
const FEED_KEPT = 2_000
const OPERATIONS_KEPT = 500

export type Connection = 'connecting' | 'live' | 'lost'

interface Snapshot {
  modules?: Module[]
  operations?: Operation[]
}

/** `hasEnded`: an operation on it ended, so that its versions may be others. */
export type ChangeListener = (moduleId: string, hasEnded: boolean) => void
export type LogListener = (line: LogLine) => void

/** The robot as the event stream tells it: a snapshot, then what changed. Filled by {@link LiveConnection} only. */
export const useLiveStore = defineStore('live', () => {
  const modules = shallowReactive(new Map<string, Module>())
  const operations = shallowReactive(new Map<string, Operation>())
  /** What came since the page was opened, oldest first. */
  const feed = shallowRef<FeedEntry[]>([])
  const connection = ref<Connection>('connecting')
  /** When the manager last gave a sign of life, on this machine's clock; null before the first. */
  const heardAt = ref<number | null>(null)
  /** Whether there has been a snapshot yet. */
  const known = ref(false)
  /** How often the stream has been opened: whoever follows a log then asks for what it wrote before. */
  const opened = ref(0)
  /** Events that were lost on the way because the page or its network was too slow. */
  const missed = ref(0)

  const changeListeners = new Set<ChangeListener>()
  const resumeListeners = new Set<() => void>()
  const logListeners = new Map<string, Set<LogListener>>()

  const moduleList = computed(() =>
    [...modules.values()].sort((a, b) => (a.display_name || a.name).localeCompare(b.display_name || b.name) || compare(a.id, b.id)),
  )
  const operationList = computed(() =>
    [...operations.values()].sort((a, b) => compare(b.created_at, a.created_at) || compare(b.id, a.id)),
  )
  const activeOperations = computed(() => operationList.value.filter((operation) => isActive(operation.status)))

  function applySnapshot(snapshot: Snapshot): void {
    if (snapshot.modules) replace(modules, snapshot.modules)
    if (snapshot.operations) {
      // The snapshot holds the newest ones only: what else was seen stays, unless it seemed to be under way and may have ended since.
      const older = [...operations.values()].filter((operation) => !isActive(operation.status))
      replace(operations, [...older, ...snapshot.operations])
    }
    known.value = true
    for (const module of modules.values()) announce(module.id)
  }

  function applyModule(change: Module | { id: string; removed: true }): void {
    if ('removed' in change) modules.delete(change.id)
    else modules.set(change.id, change)
    announce(change.id)
  }

  function applyOperation(operation: Operation): void {
    operations.set(operation.id, operation)
    if (operations.size > OPERATIONS_KEPT) {
      const oldest = operationList.value.filter((known) => !isActive(known.status)).at(-1)
      if (oldest) operations.delete(oldest.id)
    }
    announce(operation.module_id, !isActive(operation.status))
  }

  function applyFeed(entry: FeedEntry): void {
    if (feed.value.some((known) => known.id === entry.id)) return
    feed.value = [...feed.value, entry].slice(-FEED_KEPT)
  }

  function applyLog(moduleId: string, line: LogLine): void {
    logListeners.get(moduleId)?.forEach((listener) => listener(line))
  }

  function announce(moduleId: string, hasEnded = false): void {
    changeListeners.forEach((listener) => listener(moduleId, hasEnded))
  }

  /** The module that an id, an alias or a unique name stands for. */
  function find(reference: string): Module | undefined {
    const exact = modules.get(reference)
    if (exact) return exact
    const all = [...modules.values()]
    const byAlias = all.find((module) => module.alias === reference)
    if (byAlias) return byAlias
    const byName = all.filter((module) => module.name === reference)
    return byName.length === 1 ? byName[0] : undefined
  }

  return {
    modules,
    operations,
    feed,
    connection,
    heardAt,
    known,
    opened,
    missed,
    moduleList,
    operationList,
    activeOperations,
    applySnapshot,
    applyModule,
    applyOperation,
    applyFeed,
    applyLog,
    find,
    changeListeners,
    resumeListeners,
    logListeners,
  }
})

function replace<T extends { id: string }>(map: Map<string, T>, items: T[]): void {
  const ids = new Set(items.map((item) => item.id))
  for (const id of [...map.keys()]) if (!ids.has(id)) map.delete(id)
  for (const item of items) map.set(item.id, item)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
