import { expect, it } from 'vitest'
import { moment } from './format'
import { readable } from './serverText'

it('shouldWriteTimesAsPeopleDo', () => {
  const now = new Date('2026-01-02T12:00:00Z')
  const time = '2026-01-02T11:22:33.423497879Z'

  expect(readable(`running since ${time} and well.`, 'en', now)).toBe(`running since ${moment(time, 'en', now)} and well.`)
})

it('shouldLeaveASentenceWithoutTimesAlone', () => {
  expect(readable('exit code 3 after 1.0 s', 'en')).toBe('exit code 3 after 1.0 s')
})
