import { describe, expect, it } from 'vitest'
import { interfacesOf } from './interfaces'

const entry = (functionname: string, type = 'service', namespace = '') => ({
  type,
  functionname,
  namespace,
  displayname: functionname,
  description: '',
})

describe('interfacesOf', () => {
  it('shouldPutFirstWhatOnlyThisModuleHas', () => {
    // As the sample java_zenoh answers, in part.
    const answer = {
      success: true,
      interface_list: [
        entry('get_state'),
        entry('NewsFeed', 'message', 'feeder'),
        entry('turn', 'action'),
        entry('position'),
        entry('request_lc_suspend', 'action'),
      ],
    }

    expect(interfacesOf(answer).map(({ name, group, call }) => [name, group, call])).toEqual([
      ['position', 'own', 'position'],
      ['turn', 'action', 'turn/goal'],
      ['get_state', 'common', 'get_state'],
      ['request_lc_suspend', 'common', 'request_lc_suspend/goal'],
      ['feeder/NewsFeed', 'feed', null],
    ])
  })

  it('shouldCallAFunctionByItsNamespace', () => {
    expect(interfacesOf({ interface_list: [entry('status', 'service', 'plugin')] })[0]).toMatchObject({ name: 'plugin/status', call: 'plugin/status' })
  })

  it('shouldLeaveSettingParametersToTheirForm', () => {
    expect(interfacesOf({ interface_list: [entry('set_parameter')] })[0]?.call).toBeNull()
  })

  it('shouldKnowWhatCommonFunctionsTake', () => {
    expect(interfacesOf({ interface_list: [entry('get_log_history')] })[0]?.example).toEqual({ limit: 100 })
  })

  it('shouldReadEntriesThatAreJsonInAText', () => {
    expect(interfacesOf({ interface_list: [JSON.stringify(entry('move')), 'no JSON'] }).map(({ name }) => name)).toEqual(['move'])
  })

  it('shouldFindNothingInWhatIsNoList', () => {
    expect(interfacesOf({ success: true })).toEqual([])
    expect(interfacesOf(null)).toEqual([])
  })
})
