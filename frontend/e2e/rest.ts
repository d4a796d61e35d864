/** The REST interface as a program uses it: to prepare what a test is not about, and to check what the page claims. */
export class Rest {
  private token = ''

  constructor(private readonly url: string) {}

  async login(username: string, password: string): Promise<void> {
    const { token } = (await this.call('POST', 'auth/login', { username, password })) as { token: string }
    this.token = token
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> {
    const answer = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }

  module(name: string): Promise<{ id: string; version: string; state: { phase: string }; runtime: { pid: number | null; restarts: number } }> {
    return this.call('GET', `modules/${name}`) as ReturnType<Rest['module']>
  }

  /** The ids of the operations, newest first. */
  async operations(): Promise<string[]> {
    const { items } = (await this.call('GET', 'operations?limit=500')) as { items: { id: string }[] }
    return items.map(({ id }) => id)
  }
}
