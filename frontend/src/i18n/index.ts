import { createI18n } from 'vue-i18n'
import en from './en.json'

export const LOCALES = ['en', 'de'] as const
export type Locale = (typeof LOCALES)[number]

const REMEMBERED = 'vyra.locale'

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en } as Record<string, typeof en>,
})

/** The language that was chosen on this device, else the first of the browser's that there is. */
export function preferredLocale(remembered: string | null, languages: readonly string[]): Locale {
  const known = (tag: string | null): Locale | undefined => LOCALES.find((locale) => tag?.toLowerCase().split('-')[0] === locale)
  return known(remembered) ?? languages.map(known).find((locale) => locale !== undefined) ?? 'en'
}

/** Speaks the language from now on; its texts are fetched when they are first needed. */
export async function useLocale(locale: Locale): Promise<void> {
  if (!i18n.global.availableLocales.includes(locale)) {
    i18n.global.setLocaleMessage(locale, ((await import('./de.json')) as { default: typeof en }).default)
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

export async function chooseLocale(locale: Locale): Promise<void> {
  localStorage.setItem(REMEMBERED, locale)
  await useLocale(locale)
}

export function rememberedLocale(): string | null {
  return localStorage.getItem(REMEMBERED)
}
