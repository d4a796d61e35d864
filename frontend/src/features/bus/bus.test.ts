import { describe, expect, it } from 'vitest'
import { busFaceKindValues, busRouteKindValues } from '../../api/schema'
import type { BusFace, BusRoute } from '../../api/types'
import { declarationsOf, nameOfFace, ownerOf, trafficOf } from './bus'

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

describe('declarationsOf', () => {
  const arm = face({ module: 'arm_01' })
  const routes = [
    { ...route('manager/get_state'), face: 1 },
    route('arm_01/state', 'queryable'),
    route('arm_01', 'token'),
    route('arm_01/feeder/NewsFeed'),
  ]
  const keys = (text: string) => declarationsOf({ routes, faces: [arm] }, text).map((one) => one.routes.map(({ key }) => key))

  it('shouldPutTogetherWhatOneDeclaredAndTheManagersLast', () => {
    expect(keys('')).toEqual([['arm_01', 'arm_01/feeder/NewsFeed', 'arm_01/state'], ['manager/get_state']])
    expect(declarationsOf({ routes, faces: [arm] }, '').map(({ owner }) => owner)).toEqual([arm, null])
  })

  it('shouldFindKeysAndKinds', () => {
    expect(keys(' newsfeed')).toEqual([['arm_01/feeder/NewsFeed']])
    expect(keys('token')).toEqual([['arm_01']])
    expect(keys('nothing')).toEqual([])
  })
})

describe('trafficOf', () => {
  it('shouldPutTheMostTalkativeFirst', () => {
    const modules = { quiet: { published: 1, received: 1 }, loud: { published: 10, received: 0 } }

    expect(trafficOf({ modules }).map(({ module }) => module)).toEqual(['loud', 'quiet'])
  })
})
