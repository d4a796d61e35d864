import { moment } from './format'

const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g
/** The id of a module; not as a part of an address or a path. */
const MODULE = /(?<![\w/.-])[a-z][a-z0-9_]*_[0-9a-f]{32}(?![\w/-])/g

/**
 * A sentence of the manager with its times as people here write them, and modules by their names.
 *
 * @param nameOf what people call the module with this id
 */
export function readable(sentence: string, locale: string, nameOf: (id: string) => string, now = new Date()): string {
  return sentence.replace(TIME, (time) => moment(time, locale, now)).replace(MODULE, nameOf)
}
