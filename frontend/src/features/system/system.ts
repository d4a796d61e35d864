import { useQuery } from '@tanstack/vue-query'
import { api, ask } from '../../api/client'

/** The manager and its machine, renewed while somebody looks. */
export function useSystem() {
  return useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => ask(api.GET('/system', { signal })),
    refetchInterval: 10_000,
  })
}
