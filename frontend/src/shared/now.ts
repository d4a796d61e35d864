import { computed, onScopeDispose, ref, type Ref } from 'vue'

const now = ref(Date.now())
/** How far (ms) the robot's clock is ahead of this device's. */
const ahead = ref(0)
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** Less than this (ms) is the time an answer takes, and no difference of clocks. */
const NOTICEABLE = 2_000

/**
 * Learns what time it is on the robot: all times it tells are by its own clock, and a robot without internet may be far off.
 *
 * @param time ms since 1970, at the moment of the call
 */
export function learnRobotTime(time: number): void {
  const difference = time - Date.now()
  if (Math.abs(difference - ahead.value) > NOTICEABLE) ahead.value = Math.abs(difference) > NOTICEABLE ? difference : 0
}

/** The time on this device (ms), renewed every second for as long as somebody looks at it. */
export function useOwnNow(): Readonly<Ref<number>> {
  users += 1
  now.value = Date.now()
  timer ??= setInterval(() => (now.value = Date.now()), 1000)
  onScopeDispose(() => {
    users -= 1
    if (users > 0) return
    clearInterval(timer)
    timer = undefined
  })
  return now
}

/** The time on the robot (ms): what times that it tells are compared with. */
export function useNow(): Readonly<Ref<number>> {
  const own = useOwnNow()
  return computed(() => own.value + ahead.value)
}
