import { afterAll, afterEach, beforeAll } from 'vitest'
import { shoot } from './browser.ts'
import { begin, end, page } from './story/story.ts'
// One story from the first login on: each part goes on where the one before it ended.
import './story/firstVisit.ts'
import './story/moduleLife.ts'
import './story/trouble.ts'
import './story/busModule.ts'
import './story/rosGraph.ts'
import './story/people.ts'
import './story/system.ts'
import './story/connection.ts'
import './story/otherBus.ts'
import './story/use.ts'
import './story/views.ts'
import './story/ending.ts'

beforeAll(begin)
afterAll(end)
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await shoot(page, `failed-${task.name}`).catch(() => {})
})
