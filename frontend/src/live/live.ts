import { inject, type InjectionKey } from 'vue'
import type { LiveConnection } from './LiveConnection'

export const LIVE: InjectionKey<LiveConnection> = Symbol('live connection')

/** The page's connection to the manager. */
export function useLiveConnection(): LiveConnection {
  const connection = inject(LIVE)
  if (connection === undefined) throw new Error('the live connection is provided by AppShell')
  return connection
}
