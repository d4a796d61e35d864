import { expect, it } from 'vitest'
import { preferredLocale } from '.'

it('shouldPreferWhatWasChosenHere', () => {
  expect(preferredLocale('de', ['en-GB'])).toBe('de')
})

it('shouldElseTakeTheFirstLanguageThereIs', () => {
  expect(preferredLocale(null, ['fr', 'de-AT', 'en'])).toBe('de')
  expect(preferredLocale('xx', ['fr'])).toBe('en')
})
