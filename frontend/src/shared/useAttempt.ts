import { ref } from 'vue'
import { asProblem, type ApiProblem } from '../api/problem'

/** What a person set going: one thing at a time, and why the last one did not do what was asked. */
export function useAttempt() {
  const busy = ref(false)
  const problem = ref<ApiProblem | null>(null)

  /** Tells whether it went well; while another one is under way nothing is done. */
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await work()
      return true
    } catch (failure) {
      problem.value = asProblem(failure)
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, attempt }
}
