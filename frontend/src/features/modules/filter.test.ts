import { describe, expect, it } from 'vitest'
import { aModule } from '../../../test/samples'
import { filterFrom, filterModules, phaseCounts } from './filter'

const ARM = aModule({ name: 'arm', alias: 'left', description: 'Moves things' })
const EYE = aModule({ name: 'eye', state: { phase: 'failed' } })
const EAR = aModule({ name: 'ear', update: { version: '2.0.0', repository: 'demo' } })
const ALL = [ARM, EYE, EAR]

const names = (text: string, state: Parameters<typeof filterModules>[1]['state'] = null) =>
  filterModules(ALL, { text, state }).map((module) => module.name)

describe('filterModules', () => {
  it('shouldFindEveryWordWhereverItStands', () => {
    expect(names('LEFT moves')).toEqual(['arm'])
    expect(names('left nothing')).toEqual([])
    expect(names('')).toEqual(['arm', 'eye', 'ear'])
  })

  it('shouldNarrowToAState', () => {
    expect(names('', 'failed')).toEqual(['eye'])
    expect(names('', 'troubled')).toEqual(['eye'])
    expect(names('', 'update')).toEqual(['ear'])
  })
})

describe('filterFrom', () => {
  it('shouldReadTheAddress', () => {
    expect(filterFrom({ q: 'arm', state: 'failed' })).toEqual({ text: 'arm', state: 'failed' })
  })

  it('shouldIgnoreWhatNobodyKnows', () => {
    expect(filterFrom({ q: ['a', 'b'], state: 'dancing' })).toEqual({ text: '', state: null })
  })
})

describe('phaseCounts', () => {
  it('shouldCountWhatOccurs', () => {
    expect(phaseCounts(ALL)).toEqual([
      { phase: 'running', count: 2 },
      { phase: 'failed', count: 1 },
    ])
  })
})
