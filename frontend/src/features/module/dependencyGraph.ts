import type { Module } from '../../api/types'

/** A module in the graph, or a name that no installed module has. */
export interface GraphNode {
  key: string
  label: string
  module: Module | null
  /** 0 is the module the graph is about; what it needs is below zero to the left, what needs it to the right. */
  column: number
  row: number
}

export interface GraphEdge {
  from: string
  to: string
  range: string
  optional: boolean
}

export interface DependencyGraph {
  nodes: GraphNode[]
  edges: GraphEdge[]
}

/** More than this is no picture any more. */
const MOST_NODES = 60

/**
 * What a module needs, what that needs, and so on; and what needs it. An arrow leads from who needs to what is needed. An installed
 * module stands for its name whatever its version: whether the version fits is the manager's business (`explain`).
 */
export function dependencyGraph(center: Module, modules: readonly Module[]): DependencyGraph {
  const columns = new Map<string, number>([[center.id, 0]])
  const known = new Map<string, GraphNode>()
  const edges = new Map<string, GraphEdge>()
  const byName = (name: string): Module[] => modules.filter((module) => module.name === name)

  function add(key: string, label: string, module: Module | null, column: number): boolean {
    if (known.has(key)) return false
    if (known.size >= MOST_NODES) return false
    columns.set(key, column)
    known.set(key, { key, label, module, column, row: 0 })
    return true
  }
  function connect(from: string, to: string, range: string, optional: boolean): void {
    if (known.has(from) && known.has(to)) edges.set(`${from}\n${to}`, { from, to, range, optional })
  }
  function needs(module: Module, column: number): void {
    for (const { name, range, optional } of module.dependencies) {
      const present = byName(name).filter((other) => other.id !== module.id)
      if (present.length === 0) {
        add(name, name, null, column - 1)
        connect(module.id, name, range, optional)
      }
      for (const other of present) {
        const isNew = add(other.id, labelOf(other), other, column - 1)
        connect(module.id, other.id, range, optional)
        if (isNew) needs(other, column - 1)
      }
    }
  }
  function neededBy(module: Module, column: number): void {
    for (const other of modules) {
      const need = other.id === module.id ? undefined : other.dependencies.find(({ name }) => name === module.name)
      if (need === undefined) continue
      const isNew = add(other.id, labelOf(other), other, column + 1)
      connect(other.id, module.id, need.range, need.optional)
      if (isNew) neededBy(other, column + 1)
    }
  }

  add(center.id, labelOf(center), center, 0)
  needs(center, 0)
  neededBy(center, 0)
  const rows = new Map<number, number>()
  for (const node of known.values()) {
    node.row = rows.get(node.column) ?? 0
    rows.set(node.column, node.row + 1)
  }
  return { nodes: [...known.values()], edges: [...edges.values()] }
}

function labelOf(module: Module): string {
  return module.alias ?? (module.display_name || module.name)
}
