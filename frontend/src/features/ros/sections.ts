export interface Sections {
  /** What is one value each. */
  facts: Record<string, unknown> | null
  /** Lists and groups, one section each. */
  parts: { name: string; value: unknown; count: number | null }[]
}

/** A document in sections: a manager that tells more shows more, without this page knowing of it. */
export function sectionsOf(answer: unknown): Sections {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return { facts: null, parts: [] }
  const entries = Object.entries(answer)
  const isPart = (value: unknown): boolean => typeof value === 'object' && value !== null && !isListOfPlain(value)
  const facts = entries.filter(([, value]) => !isPart(value))
  return {
    facts: facts.length > 0 ? Object.fromEntries(facts) : null,
    parts: entries
      .filter(([, value]) => isPart(value))
      .map(([name, value]) => ({ name, value: rowsOf(value), count: Array.isArray(value) ? value.length : null })),
  }
}

function isListOfPlain(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null)
}

/** A map of like objects reads better as a table whose first column is the key. */
function rowsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value
  const entries = Object.entries(value as Record<string, unknown>)
  const alike = entries.length > 0 && entries.every(([, one]) => typeof one === 'object' && one !== null && !Array.isArray(one))
  return alike ? entries.map(([key, one]) => ({ key, ...(one as object) })) : value
}
