import { ref, watchEffect } from 'vue'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const REMEMBERED = 'vyra.theme'

function remembered(): Theme {
  return THEMES.find((theme) => theme === localStorage.getItem(REMEMBERED)) ?? 'system'
}

/** The theme of this device; `system` follows the operating system. */
export const theme = ref<Theme>(remembered())

export function applyTheme(): void {
  watchEffect(() => {
    localStorage.setItem(REMEMBERED, theme.value)
    if (theme.value === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme.value
  })
}
