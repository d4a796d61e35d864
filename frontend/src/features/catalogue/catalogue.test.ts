import { describe, expect, it } from 'vitest'
import type { CatalogItem } from '../../api/types'
import { offersOf } from './catalogue'

const item = (name: string, version: string, parts: Partial<CatalogItem> = {}): CatalogItem => ({
  repository: 'demo',
  name,
  version,
  description: '',
  author: '',
  blueprints: [],
  icon: null,
  dependencies: [],
  size: 1,
  checksum: null,
  installed: [],
  update_available: false,
  ...parts,
})

describe('offersOf', () => {
  it('shouldGatherTheVersionsOfAModule', () => {
    const offers = offersOf([item('arm', '2.0.0'), item('arm', '1.0.0'), item('eye', '1.0.0')])

    expect(offers.map(({ name, newest, items }) => [name, newest.version, items.length])).toEqual([
      ['arm', '2.0.0', 2],
      ['eye', '1.0.0', 1],
    ])
  })

  it('shouldNameEveryInstanceOnce', () => {
    const installed = [{ module_id: 'arm_1', version: '1.0.0' }]

    const [offer] = offersOf([item('arm', '2.0.0', { installed, update_available: true }), item('arm', '1.0.0', { installed })])

    expect(offer?.installed).toEqual(installed)
    expect(offer?.updateAvailable).toBe(true)
  })
})
