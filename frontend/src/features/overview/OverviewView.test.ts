import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { mount, type Mounted } from '../../../test/mount'
import { aModule } from '../../../test/samples'
import type { Exit, Module } from '../../api/types'
import { useLiveStore } from '../../live/liveStore'
import OverviewView from './OverviewView.vue'

const exit = (text: string, at = new Date()): Exit => ({ code: 3, signal: null, at: at.toISOString(), oom: false, ran_for: 1, note: '', log_tail: [text] })
const crashed = (text: string, phase: Module['state']['phase'] = 'backoff'): Module =>
  aModule({ name: 'crasher', state: { phase }, runtime: { restarts: 1, last_exit: exit(text) } })

let mounted: Mounted
let live: ReturnType<typeof useLiveStore>

beforeEach(async () => {
  // What the view asks for besides the stream is not what this is about.
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ code: 'not-found', status: 404 }, { status: 404 })))
  mounted = mount(OverviewView)
  live = useLiveStore()
  live.applySnapshot({ modules: [crashed('first end')] })
  await nextTick()
})
afterEach(() => {
  mounted.unmount()
  vi.unstubAllGlobals()
})

const evidence = () => mounted.place.querySelector<HTMLDetailsElement>('[data-module="crasher"] details')

async function unfold(): Promise<void> {
  evidence()!.open = true
  evidence()!.dispatchEvent(new Event('toggle'))
  await nextTick()
}

describe('OverviewView', () => {
  it('shouldFoldTheEvidenceAtFirst', () => {
    expect(evidence()?.open).toBe(false)
  })

  it('shouldKeepTheEvidenceUnfoldedWhenTheModuleEndsAgain', async () => {
    await unfold()
    for (const next of [crashed('first end', 'starting'), crashed('first end', 'running'), crashed('second end')]) {
      live.applyModule(next)
      await nextTick()
    }

    expect(evidence()?.open).toBe(true)
    expect(evidence()?.textContent).toContain('second end')
  })

  it('shouldKeepItUnfoldedWhenTheCardWasGoneForAMoment', async () => {
    await unfold()
    live.applyModule({ ...crashed('first end', 'starting'), operation: 'op-1' })
    await nextTick()
    expect(evidence()).toBeNull()

    live.applyModule(crashed('second end'))
    await nextTick()

    expect(evidence()?.open).toBe(true)
  })
})
