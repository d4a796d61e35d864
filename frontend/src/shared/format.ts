/** A duration in the two largest units that say something, for example `3 h 5 min`. Units are the same in English and German. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const days = Math.floor(whole / 86_400)
  const hours = Math.floor((whole % 86_400) / 3_600)
  const minutes = Math.floor((whole % 3_600) / 60)
  const rest = whole % 60
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`
  if (minutes > 0) return rest > 0 && minutes < 10 ? `${minutes} min ${rest} s` : `${minutes} min`
  return `${rest} s`
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** A size with three digits at most, for example `12.3 MB`; the point or comma is the language's. */
export function bytes(size: number, locale: string): string {
  let value = size
  let unit = 0
  while (Math.abs(value) >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || Math.abs(value) >= 100 ? 0 : 1
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)} ${UNITS[unit]}`
}

export function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: share > 0.999 && share < 1 ? 2 : 0 }).format(share)
}

const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }

/** 24 hours in either language: noon and midnight are not to be confused. */
function timeLocale(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale
}

/** Hour and minute. */
export function clock(at: Date, locale: string): string {
  return new Intl.DateTimeFormat(timeLocale(locale), TIME).format(at)
}

/** Time of day, with the date when it is another day. */
export function moment(iso: string, locale: string, now = new Date()): string {
  const at = new Date(iso)
  const date: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric' }
  const isToday = at.toDateString() === now.toDateString()
  return new Intl.DateTimeFormat(timeLocale(locale), { ...TIME, second: '2-digit', ...(!isToday && date) }).format(at)
}

/** Seconds from then until now (ms); negative for what is to come. */
export function secondsSince(iso: string, now: number): number {
  return (now - Date.parse(iso)) / 1000
}
