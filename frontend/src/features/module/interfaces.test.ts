import { describe, expect, it } from 'vitest'
import { interfacesOf, isCallable } from './interfaces'

describe('interfacesOf', () => {
  it('shouldReadTheListWhereverItStands', () => {
    const entry = { functionname: 'move', type: 'service', description: 'Moves', params: [{ displayname: 'speed', datatype: 'float' }] }
    const expected = [{ name: 'move', kind: 'service', description: 'Moves', example: { speed: 0 } }]

    expect(interfacesOf([entry])).toEqual(expected)
    expect(interfacesOf({ interface_list: [JSON.stringify(entry)] })).toEqual(expected)
    expect(interfacesOf({ items: [entry] })).toEqual(expected)
    expect(interfacesOf({ interfaces: JSON.stringify([entry]) })).toEqual(expected)
  })

  it('shouldTakePlainNames', () => {
    expect(interfacesOf(['get_state'])).toEqual([{ name: 'get_state', kind: '', description: '', example: {} }])
  })

  it('shouldFindNothingInWhatIsNoList', () => {
    expect(interfacesOf({ success: true })).toEqual([])
    expect(interfacesOf(null)).toEqual([])
  })
})

describe('isCallable', () => {
  it('shouldOfferFunctionsAndNotFeeds', () => {
    expect(isCallable({ kind: 'service' })).toBe(true)
    expect(isCallable({ kind: '' })).toBe(true)
    expect(isCallable({ kind: 'message' })).toBe(false)
    expect(isCallable({ kind: 'StateFeed' })).toBe(false)
  })
})
