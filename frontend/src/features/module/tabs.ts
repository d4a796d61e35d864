export const TABS = ['status', 'log', 'feed', 'parameters', 'interfaces', 'versions', 'dependencies'] as const
export type Tab = (typeof TABS)[number]

/** The tab an address names; the first one when it names none that there is. */
export function tabFrom(text: string | undefined): Tab {
  return TABS.find((tab) => tab === text) ?? 'status'
}
