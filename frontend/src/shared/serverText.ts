import { moment } from './format'

const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g

/** A sentence of the manager with its times as people here write them. */
export function readable(sentence: string, locale: string, now = new Date()): string {
  return sentence.replace(TIME, (time) => moment(time, locale, now))
}
