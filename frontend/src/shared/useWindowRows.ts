import { useWindowVirtualizer } from '@tanstack/vue-virtual'
import { computed, onMounted, onUpdated, ref, type Ref } from 'vue'

interface Rows {
  count: () => number
  keyOf: (index: number) => string | undefined
  /** Height (px) of a row until it was measured. */
  height: number
  /** Rows that exist beyond those in sight, on either side. */
  around: number
}

/** The rows of a long list on a page that scrolls as a whole: only those in sight exist. */
export function useWindowRows(list: Readonly<Ref<HTMLElement | null>>, { count, keyOf, height, around }: Rows) {
  const offset = ref(0)
  function measureOffset(): void {
    offset.value = list.value ? list.value.getBoundingClientRect().top + window.scrollY : 0
  }
  onMounted(measureOffset)
  onUpdated(measureOffset)

  const virtualizer = useWindowVirtualizer(
    computed(() => ({
      count: count(),
      estimateSize: () => height,
      overscan: around,
      scrollMargin: offset.value,
      getItemKey: (index: number) => keyOf(index) ?? index,
    })),
  )

  /** As the `ref` of a row. */
  function measure(element: unknown): void {
    if (element instanceof Element) virtualizer.value.measureElement(element)
  }

  return {
    shown: computed(() => virtualizer.value.getVirtualItems()),
    /** Of the whole list. */
    whole: computed(() => ({ height: `${virtualizer.value.getTotalSize()}px` })),
    measure,
    placeOf: (row: { start: number }) => ({ transform: `translateY(${row.start - offset.value}px)` }),
  }
}
