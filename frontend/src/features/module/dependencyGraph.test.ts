import { describe, expect, it } from 'vitest'
import { aModule } from '../../../test/samples'
import { dependencyGraph } from './dependencyGraph'

const need = (name: string, optional = false) => ({ name, range: '^1.0', optional })
const ARM = aModule({ name: 'arm', dependencies: [need('motor'), need('eye', true)] })
const MOTOR = aModule({ name: 'motor', dependencies: [need('bus')] })
const BUS = aModule({ name: 'bus' })
const TASK = aModule({ name: 'task', dependencies: [need('arm')] })
const ALL = [ARM, MOTOR, BUS, TASK]

const columnOf = (graph: ReturnType<typeof dependencyGraph>, label: string) => graph.nodes.find((node) => node.label === label)?.column

describe('dependencyGraph', () => {
  it('shouldShowWhatIsNeededAndWhatNeedsIt', () => {
    const graph = dependencyGraph(ARM, ALL)

    expect(columnOf(graph, 'arm')).toBe(0)
    expect(columnOf(graph, 'motor')).toBe(-1)
    expect(columnOf(graph, 'bus')).toBe(-2)
    expect(columnOf(graph, 'task')).toBe(1)
    expect(graph.edges).toHaveLength(4)
  })

  it('shouldShowWhatIsMissing', () => {
    const missing = dependencyGraph(ARM, ALL).nodes.find((node) => node.label === 'eye')

    expect(missing?.module).toBeNull()
  })

  it('shouldEndInACycle', () => {
    const one = aModule({ name: 'one', dependencies: [need('two')] })
    const two = aModule({ name: 'two', dependencies: [need('one')] })

    expect(dependencyGraph(one, [one, two]).nodes).toHaveLength(2)
    expect(dependencyGraph(one, [one, two]).edges).toHaveLength(2)
  })

  it('shouldStayAPicture', () => {
    const many = Array.from({ length: 200 }, (_, i) => aModule({ name: `m${i}`, dependencies: [need('bus')] }))

    expect(dependencyGraph(BUS, [BUS, ...many]).nodes.length).toBeLessThanOrEqual(60)
  })
})
