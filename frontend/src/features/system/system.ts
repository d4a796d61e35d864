import { useQuery } from '@tanstack/vue-query'
import { api, ask } from '../../api/client'
import { learnRobotTime } from '../../shared/now'

/** The manager and its machine, renewed while somebody looks. */
export function useSystem() {
  return useQuery({
    queryKey: ['system'],
    queryFn: async ({ signal }) => {
      const system = await ask(api.GET('/system', { signal }))
      learnRobotTime(Date.parse(system.started_at) + system.uptime * 1000)
      return system
    },
    refetchInterval: 10_000,
  })
}
