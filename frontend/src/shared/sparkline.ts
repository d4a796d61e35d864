/**
 * A curve as an SVG path in a box; where a value is missing, it is interrupted. The bottom is zero.
 *
 * @param least what the top shows at least, so that noise around zero does not look like much
 */
export function sparkline(values: readonly (number | null)[], width: number, height: number, least: number): string {
  const top = Math.max(least, ...values.map((value) => value ?? 0))
  const step = values.length > 1 ? width / (values.length - 1) : 0
  let path = ''
  let drawing = false
  values.forEach((value, index) => {
    if (value === null) {
      drawing = false
      return
    }
    const x = round(index * step)
    const y = round(height - (value / top) * height)
    path += `${drawing ? 'L' : 'M'}${x} ${y}`
    drawing = true
  })
  return path
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
