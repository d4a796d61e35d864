import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as schema from '../src/api/schema'
import { THEMES } from '../src/app/theme'
import { INTERFACE_GROUPS } from '../src/features/module/interfaces'
import { TABS } from '../src/features/module/tabs'
import { LEVELS } from '../src/features/module/log'
import { ACTIONS } from '../src/features/modules/actions'
import { SETTING_KEYS } from '../src/features/modules/conflict'
import { SEVERITIES } from '../src/features/modules/severity'
import { STEP_KINDS } from '../src/features/operations/operation'
import { ROS_COUNTERS } from '../src/features/ros/graph'
import de from '../src/i18n/de.json'
import en from '../src/i18n/en.json'

const SOURCES = 'src'

/** Keys that are put together at run time: what stands before the `${…}`, and all that can come after it. */
const FAMILIES: Record<string, readonly string[]> = {
  'action.': [...ACTIONS, 'cancelOperation'],
  'aot.': schema.systemAot_cacheValues,
  'busCounter.': ['dropped', 'reconnects', 'refused', 'malformed'],
  'busFace.': schema.busFaceKindValues,
  'busMode.': schema.busModeValues,
  'busRoute.': schema.busRouteKindValues,
  'desired.': schema.desiredStateValues,
  'distribution.': schema.systemDistributionValues,
  'feedKind.': schema.feedKindValues,
  'health.': schema.moduleStateHealthValues,
  'healthStatus.': schema.healthStatusValues,
  'interface.group.': INTERFACE_GROUPS,
  'level.': LEVELS,
  'link.': [...schema.systemBusValues, ...schema.systemContainer_engineValues],
  'module.tab.': TABS,
  'modules.column.': ['state', 'name', 'version', 'since', 'restarts', 'cpu', 'memory', 'actions'],
  'operation.': schema.operationKindValues,
  'operationStatus.': schema.operationStatusValues,
  'parameter.fault.': ['number', 'integer', 'least', 'most', 'json'],
  'phase.': schema.phaseValues,
  'problem.': [...schema.problemCodeValues, 'unreachable', 'unreadable-answer'].flatMap((code) => [`${code}.title`, `${code}.remedy`]),
  'role.': schema.roleValues,
  'roleText.': schema.roleValues,
  'rosCounter.': ROS_COUNTERS,
  'rosRange.': ['off', 'localhost', 'subnet'],
  'settings.': SETTING_KEYS,
  'severity.': SEVERITIES,
  'step.': STEP_KINDS,
  'stepStatus.': schema.stepStatusValues,
  'theme.': THEMES,
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(vue|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts') && entry.name !== 'schema.ts')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}

function keysOf(texts: object, before = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [before + key] : keysOf(value as object, `${before}${key}.`),
  )
}

function valuesOf(texts: object): [string, string][] {
  return keysOf(texts).map((key) => [key, key.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], texts) as string])
}

const code = sources(SOURCES).join('\n')
const literal = [...code.matchAll(/\bt\(\s*'([^']+)'/g), ...code.matchAll(/'(nav\.[a-z]+)'/g), ...code.matchAll(/[?:]\s*'([a-z]\w*\.\w+)'/g)].map((match) => match[1]!)
const dynamic = [...code.matchAll(/\bt\(\s*`([^`$]*)\$\{[^}]*\}([^`]*)`/g)].map((match) => match[1]!)

describe('texts', () => {
  it('shouldBeTheSameInBothLanguages', () => {
    expect(keysOf(de)).toEqual(keysOf(en))
  })

  it('shouldKnowEveryFamilyOfKeysThatIsPutTogether', () => {
    expect([...new Set(dynamic)].filter((family) => !(family in FAMILIES))).toEqual([])
    expect(Object.keys(FAMILIES).filter((family) => !dynamic.includes(family))).toEqual([])
  })

  it('shouldHaveATextForEveryKeyThatIsUsed', () => {
    const known = new Set(keysOf(en))
    const used = [
      ...[...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]!),
      ...Object.entries(FAMILIES).flatMap(([family, ends]) => ends.map((end) => family + end)),
    ]

    expect([...new Set(used)].filter((key) => !known.has(key))).toEqual([])
  })

  it('shouldHaveNoTextThatIsNotUsed', () => {
    const used = new Set([...literal, ...Object.entries(FAMILIES).flatMap(([family, ends]) => ends.map((end) => family + end))])

    expect(keysOf(en).filter((key) => !used.has(key))).toEqual([])
  })

  it('shouldTakeTheSamePartsInBothLanguages', () => {
    const parts = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort()
    const german = new Map(valuesOf(de))

    expect(valuesOf(en).filter(([key, text]) => String(parts(text)) !== String(parts(german.get(key) ?? '')))).toEqual([])
  })
})
