import type { Json } from './parameters'

/** Something a module offers. */
export interface ModuleInterface {
  name: string
  kind: string
  description: string
  /** What a call takes, to begin with. */
  example: { [key: string]: Json }
}

const NAMES = ['functionname', 'function', 'name', 'id']
const KINDS = ['type', 'kind', 'interfacetype']
const LISTS = ['items', 'interfaces', 'interface_list', 'functions']

/** The interfaces of an answer; modules of different ages write their lists differently. */
export function interfacesOf(answer: unknown): ModuleInterface[] {
  return listIn(answer)
    .map((entry) => (typeof entry === 'string' ? { name: entry } : entry))
    .filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null)
    .map((entry) => ({
      name: firstText(entry, NAMES),
      kind: firstText(entry, KINDS),
      description: firstText(entry, ['description', 'displayname']),
      example: exampleOf(entry.params ?? entry.parameters ?? entry.arguments),
    }))
    .filter(({ name }) => name !== '')
}

function listIn(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer
  if (typeof answer === 'string') return listIn(parsed(answer))
  if (typeof answer !== 'object' || answer === null) return []
  for (const key of LISTS) {
    const value = (answer as Record<string, unknown>)[key]
    const list = typeof value === 'string' ? parsed(value) : value
    if (Array.isArray(list)) return list.map((entry) => (typeof entry === 'string' ? (parsed(entry) ?? entry) : entry))
  }
  return []
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function firstText(entry: Record<string, unknown>, keys: readonly string[]): string {
  for (const key of keys) if (typeof entry[key] === 'string') return entry[key]
  return ''
}

const ZERO: [RegExp, Json][] = [
  [/bool/i, false],
  [/int|float|double|number/i, 0],
  [/list|array|\[\]/i, []],
  [/dict|object|map/i, {}],
]

function exampleOf(params: unknown): { [key: string]: Json } {
  if (!Array.isArray(params)) return {}
  const example: { [key: string]: Json } = {}
  for (const param of params as Record<string, unknown>[]) {
    const name = typeof param?.name === 'string' ? param.name : typeof param?.displayname === 'string' ? param.displayname : ''
    const type = String(param?.datatype ?? param?.type ?? '')
    if (name) example[name] = ZERO.find(([pattern]) => pattern.test(type))?.[1] ?? ''
  }
  return example
}

/** Whether a call form makes sense: feeds and publications are not called. */
export function isCallable({ kind }: Pick<ModuleInterface, 'kind'>): boolean {
  return !/feed|message|publish|topic|subscri/i.test(kind)
}
