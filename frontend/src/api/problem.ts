import type { EmbeddedProblem, FieldError, ProblemCode } from './types'

/** Failures that have no problem document, because nothing that speaks for the manager answered. */
export type LocalCode = 'unreachable' | 'unreadable-answer'

/** A request that did not do what was asked, as the manager's catalogue of problems names it. */
export class ApiProblem extends Error {
  constructor(
    readonly code: ProblemCode | LocalCode,
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    /** What happened, in the manager's words (English); empty when there was no answer. */
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
    /** Seconds after which another attempt makes sense. */
    readonly retryAfter: number | null = null,
    /** Names the entry in the manager's log. */
    readonly traceId: string | null = null,
  ) {
    super(`${code}: ${detail}`)
    this.name = 'ApiProblem'
  }

  /** What is wrong with one field of the body; `pointer` as in RFC 6901. */
  at(pointer: string): string | undefined {
    return this.errors.find((error) => isWithin(error.pointer, pointer))?.detail
  }
}

/** Whether a place in a document is a field or a part of it; both as in RFC 6901. */
export function isWithin(pointer: string, field: string): boolean {
  return pointer === field || pointer.startsWith(`${field}/`)
}

/** The pointer to a field of a document, whatever characters its name has. */
export function pointerTo(field: string): string {
  return `/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** Reads an error answer. What is no problem document (a gateway's page, half an answer) is said to be unreadable. */
export function problemOf(body: unknown, response: Response): ApiProblem {
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10)
  const wait = Number.isFinite(retryAfter) ? retryAfter : null
  if (!isProblem(body)) {
    return new ApiProblem('unreadable-answer', response.status, `HTTP ${response.status}`, [], wait)
  }
  return new ApiProblem(
    body.code,
    body.status ?? response.status,
    body.detail ?? '',
    body.errors ?? [],
    wait,
    typeof body.trace_id === 'string' ? body.trace_id : null,
  )
}

/** A problem inside another document, such as an operation that failed. */
export function embeddedProblem(problem: EmbeddedProblem): ApiProblem {
  return new ApiProblem(problem.code, problem.status, problem.detail, problem.errors ?? [])
}

/** Whatever was thrown, as a problem; a fault of the page itself is not hidden behind one. */
export function asProblem(failure: unknown): ApiProblem {
  if (failure instanceof ApiProblem) return failure
  throw failure
}

interface ProblemDocument {
  code: ProblemCode
  status?: number
  detail?: string
  errors?: FieldError[]
  trace_id?: unknown
}

function isProblem(body: unknown): body is ProblemDocument {
  return typeof body === 'object' && body !== null && typeof (body as Record<string, unknown>).code === 'string'
}
