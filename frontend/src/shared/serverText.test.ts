import { expect, it } from 'vitest'
import { moment } from './format'
import { readable } from './serverText'

const ID = `arm_${'0123456789abcdef'.repeat(2)}`
const asItIs = (id: string): string => id

it('shouldWriteTimesAsPeopleDo', () => {
  const now = new Date('2026-01-02T12:00:00Z')
  const time = '2026-01-02T11:22:33.423497879Z'

  expect(readable(`running since ${time} and well.`, 'en', asItIs, now)).toBe(`running since ${moment(time, 'en', now)} and well.`)
})

it('shouldCallModulesAsPeopleDo', () => {
  const nameOf = (id: string): string => (id === ID ? 'Left arm' : id)

  expect(readable(`waits for ${ID} to run`, 'en', nameOf)).toBe('waits for Left arm to run')
  expect(readable(`Stop ${ID}.`, 'en', nameOf)).toBe('Stop Left arm.')
})

it('shouldLeaveAddressesAsTheyAre', () => {
  const sentence = `See GET /api/v1/modules/${ID}/logs and /data/${ID}.`

  expect(readable(sentence, 'en', () => 'Left arm')).toBe(sentence)
})

it('shouldLeaveASentenceWithoutTimesAlone', () => {
  expect(readable('exit code 3 after 1.0 s', 'en', asItIs)).toBe('exit code 3 after 1.0 s')
})
