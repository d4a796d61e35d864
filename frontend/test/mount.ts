import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia, setActivePinia, type Pinia } from 'pinia'
import PrimeVue from 'primevue/config'
import { createApp, h, nextTick, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { routes } from '../src/app/router'
import { i18n } from '../src/i18n'

export interface Mounted {
  place: HTMLElement
  pinia: Pinia
  unmount: () => void
}

/** A component as the page has it: with texts, stores and routes. */
export function mount(component: Component, props: Record<string, unknown> = {}): Mounted {
  const place = document.createElement('div')
  document.body.append(place)
  const pinia = createPinia()
  setActivePinia(pinia)
  const page = createApp({ render: () => h(component, props) })
  page
    .use(pinia)
    .use(i18n)
    .use(createRouter({ history: createMemoryHistory(), routes }))
    .use(PrimeVue, { unstyled: true })
    .use(VueQueryPlugin, { queryClient: new QueryClient({ defaultOptions: { queries: { retry: false } } }) })
    .mount(place)
  return {
    place,
    pinia,
    unmount: () => {
      page.unmount()
      place.remove()
    },
  }
}

export async function type(input: HTMLInputElement | HTMLTextAreaElement, text: string): Promise<void> {
  input.value = text
  input.dispatchEvent(new Event('input'))
  await nextTick()
}
