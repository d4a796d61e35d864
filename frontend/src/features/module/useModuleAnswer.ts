import { useQuery } from '@tanstack/vue-query'
import { computed, watch } from 'vue'
import type { Module, Phase } from '../../api/types'

const WITH_PROCESS: readonly Phase[] = ['starting', 'running', 'suspended', 'stopping']

/** Whether there is a process that could answer. */
export function hasProcess(module: Module): boolean {
  return WITH_PROCESS.includes(module.state.phase)
}

/** What a running module answers; asked again when it was started anew, and not at all while nobody could answer. */
export function useModuleAnswer<Data>(module: () => Module, what: string, read: (signal: AbortSignal) => Promise<Data>) {
  const query = useQuery({
    queryKey: computed(() => ['module', module().id, what, module().runtime.started_at]),
    queryFn: ({ signal }) => read(signal),
    enabled: computed(() => hasProcess(module())),
  })
  // A module has told of its layers once it is on the bus; nobody heard what was asked before.
  watch(
    () => module().state.lifecycle,
    () => {
      if (query.isError.value) void query.refetch()
    },
  )
  return query
}
