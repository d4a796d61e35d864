import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../api/problem'
import { useAttempt } from './useAttempt'

describe('useAttempt', () => {
  it('shouldDoOneThingAtATime', async () => {
    const { busy, attempt } = useAttempt()
    let finish = (): void => {}
    const first = attempt(() => new Promise<void>((done) => (finish = done)))

    expect(busy.value).toBe(true)
    expect(await attempt(() => expect.unreachable())).toBe(false)
    finish()

    expect(await first).toBe(true)
    expect(busy.value).toBe(false)
  })

  it('shouldKeepWhyItFailedUntilTheNextAttempt', async () => {
    const { busy, problem, attempt } = useAttempt()
    const refusal = new ApiProblem('module-busy', 409, 'It is being updated.')

    expect(await attempt(() => Promise.reject(refusal))).toBe(false)
    expect(problem.value).toBe(refusal)
    expect(busy.value).toBe(false)

    expect(await attempt(() => Promise.resolve())).toBe(true)
    expect(problem.value).toBeNull()
  })

  it('shouldNotHideAFaultOfThePage', async () => {
    const { attempt } = useAttempt()

    await expect(attempt(() => Promise.reject(new TypeError('x is undefined')))).rejects.toThrow(TypeError)
  })
})
