import type { Module, Operation } from '../src/api/types'

type Parts = Partial<Omit<Module, 'state' | 'desired' | 'permissions' | 'runtime'>> & {
  state?: Partial<Module['state']>
  desired?: Partial<Module['desired']>
  permissions?: Partial<Module['permissions']>
  runtime?: Partial<Module['runtime']>
}

/** A module that does what it should, but for the parts given. */
export function aModule(parts: Parts = {}): Module {
  const name = parts.name ?? 'heartbeat'
  const instance = parts.instance_id ?? '0123456789abcdef0123456789abcdef'
  return {
    id: `${name}_${instance}`,
    name,
    instance_id: instance,
    alias: null,
    display_name: name,
    description: '',
    author: '',
    icon: null,
    blueprints: [],
    version: '1.0.0',
    primary: false,
    pinned: false,
    update: null,
    operation: null,
    labels: {},
    dependencies: [],
    ...parts,
    desired: { state: 'running', version: null, ...parts.desired },
    state: {
      phase: 'running',
      lifecycle: null,
      operational: null,
      health: 'healthy',
      since: '2026-01-01T00:00:00Z',
      reason: 'its probe passes',
      ...parts.state,
    },
    runtime: { kind: 'process', pid: 1, started_at: null, restarts: 0, last_exit: null, unenforced_limits: [], ...parts.runtime },
    permissions: {
      visible: true,
      removable: true,
      updatable: true,
      suspendable: true,
      multi_instance: false,
      protected: false,
      ...parts.permissions,
    },
  }
}

/** A running start of `heartbeat`, but for the parts given. */
export function anOperation(parts: Partial<Operation> = {}): Operation {
  return {
    id: 'op-1',
    kind: 'start',
    module_id: 'heartbeat_0123456789abcdef0123456789abcdef',
    status: 'running',
    percent: 50,
    steps: [],
    cause: 'asked for by admin',
    created_by: 'admin',
    created_at: '2026-01-01T00:00:00Z',
    started_at: '2026-01-01T00:00:00Z',
    deadline: '2026-01-01T00:10:00Z',
    ended_at: null,
    cancel_requested: false,
    problem: null,
    ...parts,
  }
}
