import type { Json } from './parameters'

/** In the order in which they are shown. */
export const INTERFACE_GROUPS = ['own', 'action', 'common', 'feed'] as const
export type InterfaceGroup = (typeof INTERFACE_GROUPS)[number]

/** Something a module offers. */
export interface ModuleInterface {
  /** With its namespace: `plugin/status`. */
  name: string
  group: InterfaceGroup
  description: string
  /** The function that a call asks for; null when it is not called. */
  call: string | null
  /** What a call takes, to begin with. */
  example: { [key: string]: Json }
}

/** The functions that every VYRA module has, and what they take. */
const COMMON: Record<string, { [key: string]: Json }> = {
  acknowledge_error: {},
  get_alias: {},
  get_interface_list: {},
  get_log_history: { limit: 100 },
  get_parameter: { key: '' },
  get_state: {},
  get_volatile: { key: '' },
  initialize: {},
  pause: {},
  read_all_params: {},
  read_all_volatiles: {},
  request_access: {},
  request_lc_resume: {},
  request_lc_suspend: {},
  reset: {},
  resume: {},
  set_alias: { alias: '' },
  set_parameter: {},
  set_volatile: { key: '', value: '' },
  stop: {},
}

/** What a module offers, as its `get_interface_list` answers: first what only it has. Entries may be JSON in a text. */
export function interfacesOf(answer: unknown): ModuleInterface[] {
  const list = (answer as { interface_list?: unknown } | null | undefined)?.interface_list
  if (!Array.isArray(list)) return []
  return list
    .map((entry) => (typeof entry === 'string' ? parsed(entry) : entry))
    .filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null)
    .filter((entry) => textOf(entry.functionname) !== '')
    .map(interfaceOf)
    .sort((a, b) => INTERFACE_GROUPS.indexOf(a.group) - INTERFACE_GROUPS.indexOf(b.group) || a.name.localeCompare(b.name))
}

function interfaceOf(entry: Record<string, unknown>): ModuleInterface {
  const name = [textOf(entry.namespace), textOf(entry.functionname)].filter(Boolean).join('/')
  const group = groupOf(name, textOf(entry.type))
  return { name, group, description: textOf(entry.description), call: callOf(name, entry.type, group), example: COMMON[name] ?? {} }
}

function groupOf(name: string, type: string): InterfaceGroup {
  if (type === 'message') return 'feed'
  if (name in COMMON) return 'common'
  return type === 'action' ? 'action' : 'own'
}

function callOf(name: string, type: unknown, group: InterfaceGroup): string | null {
  // The manager sets parameters by its own resource, which keeps what was replaced.
  if (group === 'feed' || name === 'set_parameter') return null
  return type === 'action' ? `${name}/goal` : name
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
