import type { Operation, OperationStatus, Step } from '../../api/types'

const ACTIVE: readonly OperationStatus[] = ['pending', 'running', 'waiting_for_user']

/** Whether it has not ended yet. */
export function isActive(status: OperationStatus): boolean {
  return ACTIVE.includes(status)
}

/** How an operation's state is to be taken: in colour, and in the order of lists. */
export function toneOf(status: OperationStatus): 'ok' | 'busy' | 'warn' | 'bad' | 'idle' {
  switch (status) {
    case 'succeeded':
      return 'ok'
    case 'pending':
    case 'running':
      return 'busy'
    case 'waiting_for_user':
    case 'rolled_back':
      return 'warn'
    case 'failed':
      return 'bad'
    case 'cancelled':
      return 'idle'
  }
}

/** The step that is being worked on, or the one that failed. */
export function currentStep(operation: Operation): Step | undefined {
  return (
    operation.steps.find((step) => step.status === 'running' || step.status === 'undoing') ??
    operation.steps.find((step) => step.status === 'failed')
  )
}

/** Kinds of steps, by the first part of their ids; their words are in the texts under `step`. */
export const STEP_KINDS = [
  'accept',
  'commit',
  'configure',
  'discard',
  'download',
  'finish',
  'probation',
  'restart',
  'resume',
  'retire',
  'snapshot',
  'start',
  'stop',
  'suspend',
  'switch',
  'unpack',
] as const

export type StepKind = (typeof STEP_KINDS)[number]

/** What a step does and to what; undefined for a kind this page does not know, whose title is then shown as it is. */
export function stepKind(step: Step): { kind: StepKind; subject: string } | undefined {
  const [kind, subject = ''] = step.id.split(':')
  return STEP_KINDS.includes(kind as StepKind) ? { kind: kind as StepKind, subject } : undefined
}

/** Name of a module from its id `{name}_{uuid}`. */
export function nameOf(moduleId: string): string {
  return moduleId.replace(/_[0-9a-f]{32}$/, '')
}
