/** What the page needs to know of `GET /api/v1/system`. */
export type SystemAnswer =
  | { kind: 'known'; version: string; distribution: string }
  | { kind: 'login-needed' }
  | { kind: 'unreachable'; reason: string }

/** Asks the manager who it is. Never rejects: a failure is an answer too. */
export async function readSystem(signal?: AbortSignal): Promise<SystemAnswer> {
  try {
    // Relative to the page, so that a gateway prefix is kept.
    const response = await fetch('api/v1/system', {
      headers: { Accept: 'application/json' },
      signal: signal ?? null,
    })
    if (response.status === 401 || response.status === 403) {
      return { kind: 'login-needed' }
    }
    if (!response.ok) {
      return { kind: 'unreachable', reason: `it answered with status ${response.status}` }
    }
    const body: unknown = await response.json()
    if (!hasText(body, 'version') || !hasText(body, 'distribution')) {
      return { kind: 'unreachable', reason: 'its answer has no version and distribution' }
    }
    return { kind: 'known', version: body.version, distribution: body.distribution }
  } catch (failure) {
    return { kind: 'unreachable', reason: failure instanceof Error ? failure.message : String(failure) }
  }
}

function hasText<Key extends string>(body: unknown, key: Key): body is Record<Key, string> {
  return typeof body === 'object' && body !== null && typeof (body as Record<string, unknown>)[key] === 'string'
}
