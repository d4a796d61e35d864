import { QueryClient } from '@tanstack/vue-query'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { aModule, anOperation } from '../../test/samples'
import { useLiveStore } from '../live/liveStore'
import { refreshOnEvents } from './refreshOnEvents'

describe('refreshOnEvents', () => {
  let queries: QueryClient
  let live: ReturnType<typeof useLiveStore>
  const arm = aModule({ name: 'arm' })
  const eye = aModule({ name: 'eye' })

  beforeEach(() => {
    setActivePinia(createPinia())
    live = useLiveStore()
    queries = new QueryClient()
    for (const key of [['module', arm.id, 'explain'], ['module', eye.id, 'explain'], ['catalogue', 'search'], ['system']]) queries.setQueryData(key, {})
  })

  const old = () => queries.getQueryCache().findAll({ predicate: (query) => query.state.isInvalidated }).map(({ queryKey }) => queryKey.slice(0, 2).join(' '))

  it('shouldAskAgainForWhatIsShownOfTheModuleThatChanged', async () => {
    const stop = refreshOnEvents(live, queries)
    live.applyModule(arm)

    await expect.poll(old).toEqual([`module ${arm.id}`])
    stop()
  })

  it('shouldAskTheCatalogueAgainOnlyWhenVersionsMayHaveChanged', async () => {
    const stop = refreshOnEvents(live, queries)
    live.applyOperation(anOperation({ module_id: arm.id, status: 'succeeded' }))

    await expect.poll(old).toEqual([`module ${arm.id}`, 'catalogue search'])
    stop()
  })

  it('shouldAskForEverythingAgainAfterALoss', async () => {
    const stop = refreshOnEvents(live, queries)
    live.resumeListeners.forEach((listener) => listener())

    await expect.poll(() => old().length).toBe(4)
    stop()
  })
})
