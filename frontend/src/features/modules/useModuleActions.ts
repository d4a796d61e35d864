import { ref } from 'vue'
import { api, ask, idempotencyKey } from '../../api/client'
import { asProblem } from '../../api/problem'
import type { Module, Operation } from '../../api/types'
import { useTrayStore } from '../operations/trayStore'
import type { ActionId, CommandId } from './actions'
import { useDialogStore } from './dialogStore'

function command(id: string, action: CommandId): Promise<Operation> {
  const options = { params: { path: { id }, header: { 'Idempotency-Key': idempotencyKey() } } }
  switch (action) {
    case 'start':
      return ask(api.POST('/modules/{id}/start', options))
    case 'stop':
      return ask(api.POST('/modules/{id}/stop', options))
    case 'restart':
      return ask(api.POST('/modules/{id}/restart', options))
    case 'suspend':
      return ask(api.POST('/modules/{id}/suspend', options))
    case 'resume':
      return ask(api.POST('/modules/{id}/resume', options))
    case 'rollback':
      return ask(api.POST('/modules/{id}/rollback', options))
  }
}

/** Does what was chosen: at once what can be taken back, after a question what cannot. */
export function useModuleActions() {
  const tray = useTrayStore()
  const dialogs = useDialogStore()
  /** Modules a request is on its way for: a second tap changes nothing. */
  const sending = ref(new Set<string>())

  async function send(module: Pick<Module, 'id'>, action: CommandId): Promise<void> {
    if (sending.value.has(module.id)) return
    sending.value.add(module.id)
    try {
      tray.add(await command(module.id, action))
    } catch (failure) {
      tray.refuse(module.id, action, asProblem(failure))
    } finally {
      sending.value.delete(module.id)
    }
  }

  function run(action: ActionId, module: Module): void {
    switch (action) {
      case 'update':
        dialogs.current = { kind: 'plan-update', module }
        break
      case 'rollback':
      case 'settings':
      case 'remove':
        dialogs.current = { kind: action, module }
        break
      default:
        void send(module, action)
    }
  }

  return { run, send, sending }
}
