import { describe, expect, it } from 'vitest'
import { busFaceKindValues, busRouteKindValues } from '../../api/schema'
import type { BusFace, BusRoute } from '../../api/types'
import { filterRoutes, nameOfFace, ownerOf, trafficOf } from './bus'

const face = (parts: Partial<BusFace> = {}): BusFace => ({
  id: 2,
  identity: 'a3f96ac8',
  kind: busFaceKindValues[0]!,
  address: 'tcp/127.0.0.1:44414',
  user: null,
  module: null,
  since: '2026-01-01T00:00:00Z',
  published: 0,
  received: 0,
  dropped: 0,
  ...parts,
})
const route = (key: string, kind: BusRoute['kind'] = busRouteKindValues[0]!): BusRoute => ({ key, kind, face: 2 })

describe('nameOfFace', () => {
  it('shouldBeTheMostThatIsKnownOfIt', () => {
    expect(nameOfFace(face({ module: 'arm_01', user: 'arm_01' }))).toBe('arm_01')
    expect(nameOfFace(face({ user: 'fleet' }))).toBe('fleet')
    expect(nameOfFace(face())).toBe('a3f96ac8')
  })
})

describe('ownerOf', () => {
  it('shouldBeNobodyElseForWhatTheManagerDeclared', () => {
    const arm = face({ module: 'arm_01' })

    expect(ownerOf({ face: 2 }, [arm])).toBe(arm)
    expect(ownerOf({ face: 1 }, [arm])).toBeNull()
    expect(ownerOf({ face: null }, [arm])).toBeNull()
  })
})

describe('filterRoutes', () => {
  const routes = [route('b/state', 'queryable'), route('a/alive', 'token'), route('b/feeder/NewsFeed')]

  it('shouldOrderByKey', () => {
    expect(filterRoutes(routes, '').map(({ key }) => key)).toEqual(['a/alive', 'b/feeder/NewsFeed', 'b/state'])
  })

  it('shouldFindKeysAndKinds', () => {
    expect(filterRoutes(routes, ' newsfeed').map(({ key }) => key)).toEqual(['b/feeder/NewsFeed'])
    expect(filterRoutes(routes, 'token').map(({ key }) => key)).toEqual(['a/alive'])
  })
})

describe('trafficOf', () => {
  it('shouldPutTheMostTalkativeFirst', () => {
    const modules = { quiet: { published: 1, received: 1 }, loud: { published: 10, received: 0 } }

    expect(trafficOf({ modules }).map(({ module }) => module)).toEqual(['loud', 'quiet'])
  })
})
