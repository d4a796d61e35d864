import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, ask } from '../../api/client'
import { ApiProblem } from '../../api/problem'
import { includes } from '../../api/roles'
import type { Me, Role } from '../../api/types'

export type SessionUser = Pick<Me, 'username' | 'role' | 'must_change_password'>

/**
 * Who uses this page. The proof is a cookie that scripts cannot read; what is here decides only what is offered, the manager decides what
 * is done.
 */
export const useSessionStore = defineStore('session', () => {
  const user = ref<SessionUser | null>(null)
  /** Whether the session ended in the middle of the work; the person then logs in on top of it. */
  const expired = ref(false)
  let waiting: { resolve: () => void; reject: (reason: unknown) => void }[] = []

  const usable = computed(() => user.value !== null && !user.value.must_change_password)

  function may(role: Role): boolean {
    return user.value !== null && includes(user.value.role, role)
  }

  /** Finds out whether there is a session. @throws ApiProblem when the manager cannot be asked */
  async function restore(): Promise<void> {
    try {
      user.value = await ask(api.GET('/auth/me'))
    } catch (failure) {
      if (!(failure instanceof ApiProblem) || failure.status !== 401) throw failure
      user.value = null
    }
  }

  /** @throws ApiProblem when name or password are wrong, or there were too many attempts */
  async function login(username: string, password: string): Promise<void> {
    const login = await ask(api.POST('/auth/login', { body: { username, password } }))
    const someoneElse = expired.value && user.value?.username !== login.user.username
    user.value = login.user
    if (someoneElse) {
      // What is on the page belongs to the other person.
      window.location.reload()
      return
    }
    if (usable.value) goOn()
  }

  async function changePassword(oldPassword: string, newPassword: string): Promise<void> {
    const login = await ask(
      api.POST('/auth/password', { body: { old_password: oldPassword, new_password: newPassword } }),
    )
    user.value = login.user
    goOn()
  }

  async function logout(): Promise<void> {
    await ask(api.POST('/auth/logout'))
    user.value = null
    // Nothing of this session stays in memory.
    window.location.hash = '#/'
    window.location.reload()
  }

  /** Waits until the person has logged in again. */
  function reauthenticate(): Promise<void> {
    if (user.value === null) return Promise.reject(new ApiProblem('unauthenticated', 401, ''))
    expired.value = true
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
  }

  function goOn(): void {
    expired.value = false
    const now = waiting
    waiting = []
    now.forEach(({ resolve }) => resolve())
  }

  return { user, usable, expired, may, restore, login, logout, changePassword, reauthenticate }
})
