import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, watch } from 'vue'
import type { ApiProblem } from '../../api/problem'
import type { Operation } from '../../api/types'
import { useLiveStore } from '../../live/liveStore'
import { isActive } from './operation'

/** A request that was refused, with what it was. */
export interface Refusal {
  id: number
  moduleId: string
  action: string
  problem: ApiProblem
}

/** How long (ms) it is shown that something went well. */
const SUCCESS_SHOWN = 10_000

/** What this page set going: shown at once and until it is known how it ended. */
export const useTrayStore = defineStore('tray', () => {
  const live = useLiveStore()
  const started = shallowReactive(new Set<string>())
  const refusals = ref<Refusal[]>([])
  let count = 0

  /** Under way, whoever asked; and ended, when it was asked for here and nobody has waved it away. */
  const shown = computed<Operation[]>(() =>
    live.operationList.filter((operation) => isActive(operation.status) || started.has(operation.id)).slice(0, 20),
  )

  // What went well need not be waved away. It is on the page of operations, too.
  watch(
    () => shown.value.filter((operation) => operation.status === 'succeeded').map((operation) => operation.id),
    (done, before) => {
      for (const id of done) if (!before.includes(id)) setTimeout(() => dismiss(id), SUCCESS_SHOWN)
    },
  )

  /** The manager has taken it on. */
  function add(operation: Operation): void {
    // The stream may have told of it already, and further on.
    if (!live.operations.has(operation.id)) live.applyOperation(operation)
    started.add(operation.id)
  }

  function refuse(moduleId: string, action: string, problem: ApiProblem): void {
    refusals.value = [...refusals.value, { id: (count += 1), moduleId, action, problem }]
  }

  function dismiss(id: string): void {
    started.delete(id)
  }

  function dismissRefusal(id: number): void {
    refusals.value = refusals.value.filter((refusal) => refusal.id !== id)
  }

  return { started, refusals, shown, add, refuse, dismiss, dismissRefusal }
})
