import { onScopeDispose, ref, shallowRef } from 'vue'
import { asProblem, type ApiProblem } from '../../api/problem'
import { followTopic, MESSAGES_KEPT, type Echoed } from './echo'

/** What a topic carries, newest first, while somebody follows it. */
export function useEcho() {
  const messages = shallowRef<readonly Echoed[]>([])
  const dropped = ref(0)
  const problem = ref<ApiProblem | null>(null)
  let following: AbortController | null = null
  let count = 0

  /** Settles when it ends, whoever ended it. Tells whether that was somebody else: the manager, or the network. */
  async function follow(topic: string, type: string | undefined): Promise<boolean> {
    stop()
    const { signal } = (following = new AbortController())
    messages.value = []
    dropped.value = 0
    problem.value = null
    const listener = {
      message: (at: string, text: string) => (messages.value = [{ number: (count += 1), at, text }, ...messages.value].slice(0, MESSAGES_KEPT)),
      gap: (lost: number) => (dropped.value += lost),
    }
    try {
      await followTopic(topic, type, listener, signal)
    } catch (failure) {
      if (!signal.aborted) problem.value = asProblem(failure)
    }
    return !signal.aborted
  }

  function stop(): void {
    following?.abort()
    following = null
  }
  onScopeDispose(stop)

  return { messages, dropped, problem, follow, stop }
}
