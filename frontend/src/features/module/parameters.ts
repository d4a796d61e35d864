/** A JSON value, as a module's parameters hold them. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** How a parameter is edited. */
export type Parameter = {
  key: string
  value: Json
  description?: string
} & (
  | { type: 'boolean' }
  | { type: 'number'; integer: boolean; least?: number; most?: number }
  | { type: 'choice'; choices: string[] }
  | { type: 'text' }
  | { type: 'json' }
)

/** What a module tells of a parameter in its list of interfaces; all of it may be absent. */
interface Description {
  type?: unknown
  min?: unknown
  max?: unknown
  choices?: unknown
  description?: unknown
}

/**
 * The parameters of a module, in its order.
 *
 * @param values the values by key
 * @param interfaces the module's list of interfaces, for types and ranges; without one, values tell their types
 */
export function parametersOf(values: unknown, interfaces?: unknown): Parameter[] {
  if (!isObject(values)) return []
  const descriptions = descriptionsOf(interfaces)
  return Object.entries(values).map(([key, value]) => {
    const about = descriptions.get(key) ?? {}
    const description = typeof about.description === 'string' && about.description !== '' ? { description: about.description } : {}
    return { key, value, ...description, ...kindOf(value, about) }
  })
}

function descriptionsOf(interfaces: unknown): Map<string, Description> {
  const list = isObject(interfaces) && Array.isArray(interfaces.parameters) ? interfaces.parameters : []
  return new Map(list.filter(isObject).flatMap((one) => (typeof one.name === 'string' ? [[one.name, one]] : [])))
}

function isObject(value: unknown): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type Kind = Parameter extends infer P ? (P extends Parameter ? Omit<P, 'key' | 'value' | 'description'> : never) : never

function kindOf(value: Json, { type, min, max, choices }: Description): Kind {
  if (Array.isArray(choices) && choices.length > 0 && choices.every((choice) => typeof choice === 'string')) {
    return { type: 'choice', choices }
  }
  switch (typeof value) {
    case 'boolean':
      return { type: 'boolean' }
    case 'number':
      return {
        type: 'number',
        integer: typeof type === 'string' ? type === 'int' : Number.isInteger(value),
        ...(typeof min === 'number' && { least: min }),
        ...(typeof max === 'number' && { most: max }),
      }
    case 'string':
      return { type: 'text' }
    default:
      return { type: 'json' }
  }
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

/** Whether the values from before a change are known: a module cannot be made to forget a parameter that it did not have. */
export function isUndoable(changes: readonly { before: object }[], index: number): boolean {
  return changes.slice(0, index + 1).some(({ before }) => Object.keys(before).length > 0)
}
