/** A JSON value, as a module's parameters hold them. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** How a parameter is edited. */
export type Parameter = {
  key: string
  value: Json
  description?: string
} & (
  | { type: 'boolean' }
  | { type: 'number'; integer: boolean; least?: number; most?: number; step?: number }
  | { type: 'choice'; choices: string[] }
  | { type: 'text' }
  | { type: 'json' }
)

type Described = { [key: string]: Json } & { value: Json }

/** A module may send a value alone, or with what is known of it. */
function isDescribed(value: Json): value is Described {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('value' in value)) return false
  const known = ['value', 'type', 'description', 'displayname', 'min', 'max', 'minimum', 'maximum', 'step', 'enum', 'choices', 'options', 'default', 'range', 'editable', 'visible', 'range_value', 'min_value', 'max_value', 'default_value']
  return Object.keys(value).every((key) => known.includes(key))
}

/** The parameters of an answer, in its order. */
export function parametersOf(answer: unknown): Parameter[] {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return []
  return Object.entries(answer as { [key: string]: Json }).map(([key, value]) => parameter(key, value))
}

function parameter(key: string, value: Json): Parameter {
  if (!isDescribed(value)) return { key, value, ...kindOf(value, {}) }
  const description = typeof value.description === 'string' && value.description !== '' ? { description: value.description } : {}
  return { key, value: value.value, ...description, ...kindOf(value.value, value) }
}

type Kind = Parameter extends infer P ? (P extends Parameter ? Omit<P, 'key' | 'value' | 'description'> : never) : never

function kindOf(value: Json, about: { [key: string]: Json }): Kind {
  const choices = about.enum ?? about.choices ?? about.options
  if (Array.isArray(choices) && choices.length > 0 && choices.every((choice) => typeof choice === 'string')) {
    return { type: 'choice', choices: choices as string[] }
  }
  switch (typeof value) {
    case 'boolean':
      return { type: 'boolean' }
    case 'number':
      return {
        type: 'number',
        integer: typeof about.type === 'string' ? /int|long/i.test(about.type) : Number.isInteger(value),
        ...limit('least', about.min ?? about.minimum ?? about.min_value),
        ...limit('most', about.max ?? about.maximum ?? about.max_value),
        ...limit('step', about.step),
      }
    case 'string':
      return { type: 'text' }
    default:
      return { type: 'json' }
  }
}

function limit<Name extends 'least' | 'most' | 'step'>(name: Name, value: Json | undefined): { [key in Name]?: number } {
  return (typeof value === 'number' ? { [name]: value } : {}) as { [key in Name]?: number }
}

/** What is typed into a field for a value, and back. */
export function draftOf(parameter: Parameter): string {
  return parameter.type === 'json' ? JSON.stringify(parameter.value, null, 2) : String(parameter.value ?? '')
}

export type Reading = { ok: true; value: Json } | { ok: false; fault: Fault }
export type Fault = 'number' | 'integer' | 'least' | 'most' | 'json'

/** The value that was typed, or what is wrong with it. */
export function readDraft(parameter: Parameter, draft: string): Reading {
  switch (parameter.type) {
    case 'boolean':
      return { ok: true, value: draft === 'true' }
    case 'number': {
      const value = Number(draft.trim().replace(',', '.'))
      if (draft.trim() === '' || !Number.isFinite(value)) return { ok: false, fault: 'number' }
      if (parameter.integer && !Number.isInteger(value)) return { ok: false, fault: 'integer' }
      if (parameter.least !== undefined && value < parameter.least) return { ok: false, fault: 'least' }
      if (parameter.most !== undefined && value > parameter.most) return { ok: false, fault: 'most' }
      return { ok: true, value }
    }
    case 'json':
      try {
        return { ok: true, value: JSON.parse(draft) as Json }
      } catch {
        return { ok: false, fault: 'json' }
      }
    default:
      return { ok: true, value: draft }
  }
}

/** One earlier change, as far as an answer tells it. */
export interface ParameterChange {
  id: string
  at: string
  author: string
  before: { [key: string]: Json }
  after: { [key: string]: Json }
}

export function changesOf(answer: unknown): ParameterChange[] {
  const items = (answer as { items?: unknown } | null)?.items
  if (!Array.isArray(items)) return []
  return (items as Record<string, unknown>[]).map((item, index) => ({
    id: String(item.id ?? index),
    at: String(item.at ?? ''),
    author: String(item.author ?? item.by ?? ''),
    before: objectOf(item.before),
    after: objectOf(item.after),
  }))
}

function objectOf(value: unknown): { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { [key: string]: Json }) : {}
}
