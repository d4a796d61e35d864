import { QueryClient } from '@tanstack/vue-query'
import { ApiProblem } from '../api/problem'

/** What is asked of the manager besides the event stream. What an event made old is asked again at once (`refreshOnEvents`). */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 5 * 60_000,
      // Only what may be otherwise a moment later is tried again; an answer is an answer.
      retry: (failures, failure) =>
        failures < 2 && failure instanceof ApiProblem && ['unreachable', 'unreadable-answer', 'shutting-down'].includes(failure.code),
    },
  },
})
