import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Module, PlanRequest } from '../../api/types'

/** What a dialog about modules is about. */
export type DialogRequest =
  | { kind: 'plan-install'; name: string; versions: { version: string; repository: string }[]; version?: string }
  | { kind: 'plan-update'; module: Module; version?: string }
  | { kind: 'rollback'; module: Module }
  | { kind: 'settings'; module: Module }
  | { kind: 'remove'; module: Module }

/** The one dialog about modules that is open, wherever it was asked for. */
export const useDialogStore = defineStore('dialogs', () => {
  const current = shallowRef<DialogRequest | null>(null)
  return { current }
})

/** The question to the planner that a request stands for. */
export function planRequest(request: DialogRequest, version: string, repository: string | undefined): PlanRequest | null {
  switch (request.kind) {
    case 'plan-install':
      return { name: request.name, version, ...(repository && { repository }) }
    case 'plan-update':
      return { module: request.module.id, desired_version: version }
    default:
      return null
  }
}
