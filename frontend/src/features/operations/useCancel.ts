import { ref } from 'vue'
import { api, ask } from '../../api/client'
import { asProblem } from '../../api/problem'
import type { Operation } from '../../api/types'
import { useTrayStore } from './trayStore'

/** Asks the manager to stop an operation and undo what it did. */
export function useCancel() {
  const tray = useTrayStore()
  const asked = ref(new Set<string>())

  async function cancel(operation: Operation): Promise<void> {
    if (asked.value.has(operation.id)) return
    asked.value.add(operation.id)
    try {
      await ask(api.POST('/operations/{id}/cancel', { params: { path: { id: operation.id } } }))
    } catch (failure) {
      asked.value.delete(operation.id)
      tray.refuse(operation.module_id, 'cancelOperation', asProblem(failure))
    }
  }

  return { cancel, asked }
}
