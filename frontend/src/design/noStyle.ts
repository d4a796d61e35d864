import { readonly, ref } from 'vue'

/**
 * Stands in for the component library's `useStyle`, which writes style elements into the page even for components without styles: its
 * directives ask for some. The page's policy forbids that, and `base.css` has all there is.
 */
export function useStyle() {
  const nothing = (): void => {}
  return { id: '', name: '', el: ref(null), css: ref(''), load: nothing, unload: nothing, isLoaded: readonly(ref(true)) }
}
