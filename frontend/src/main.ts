import './design/tokens.css'
import './design/base.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import PrimeVue from 'primevue/config'
import { createApp } from 'vue'
import App from './App.vue'
import { queryClient } from './app/queryClient'
import { router } from './app/router'
import { applyTheme } from './app/theme'
import { i18n, preferredLocale, rememberedLocale, useLocale } from './i18n'

applyTheme()
await useLocale(preferredLocale(rememberedLocale(), navigator.languages))
createApp(App)
  .use(createPinia())
  .use(i18n)
  .use(router)
  .use(VueQueryPlugin, { queryClient })
  // Without styles of its own: they would be written into the page at run time, which its policy forbids.
  .use(PrimeVue, { unstyled: true })
  .mount('#app')
