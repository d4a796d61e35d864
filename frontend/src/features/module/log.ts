import type { LogLine } from '../../api/types'

/** What a line is about, as far as its words tell. */
export const LEVELS = ['error', 'warn', 'info', 'debug'] as const
export type Level = (typeof LEVELS)[number]

/** How many lines a page keeps; the module's files keep more. */
export const LINES_KEPT = 10_000

export interface ShownLine extends LogLine {
  /** Grows by one with every line. */
  number: number
  level: Level
  /** Lines before this one are missing. */
  gap: boolean
}

const WORDS: [Level, RegExp][] = [
  ['error', /\b(error|fatal|critical|severe|panic|exception|traceback)\b/i],
  ['warn', /\b(warn|warning)\b/i],
  ['debug', /\b(debug|trace|verbose)\b/i],
]

/** The level a line names; what goes to the error stream and names none is a warning. */
export function levelOf(line: Pick<LogLine, 'stream' | 'text'>): Level {
  // Levels stand at the beginning; further on the same words are part of a sentence.
  const head = line.text.slice(0, 80)
  const named = WORDS.find(([, pattern]) => pattern.test(head))
  return named ? named[0] : line.stream === 'stderr' ? 'warn' : 'info'
}

function isSame(a: LogLine, b: LogLine): boolean {
  return a.at === b.at && a.stream === b.stream && a.text === b.text
}

/** The lines with one more, the oldest given up when there are too many. */
export function append(lines: readonly ShownLine[], added: readonly LogLine[], gap = false): ShownLine[] {
  let number = lines.at(-1)?.number ?? 0
  const shown = added.map((line, index) => ({ ...line, number: (number += 1), level: levelOf(line), gap: gap && index === 0 }))
  return [...lines, ...shown].slice(-LINES_KEPT)
}

/**
 * The lines with what a tail adds to them. The tail is what the module wrote last; what it shares with the lines is not repeated. When it
 * shares nothing, something between was missed.
 */
export function appendTail(lines: readonly ShownLine[], tail: readonly LogLine[]): ShownLine[] {
  const last = lines.at(-1)
  if (last === undefined) return append([], tail)
  for (let i = tail.length - 1; i >= 0; i--) {
    // Equal lines may repeat: those before must agree, too.
    if (isSame(tail[i]!, last) && agrees(lines, tail, i)) return append(lines, tail.slice(i + 1))
  }
  return append(lines, tail, true)
}

function agrees(lines: readonly LogLine[], tail: readonly LogLine[], end: number): boolean {
  const compared = Math.min(end, lines.length - 1, 5)
  for (let back = 1; back <= compared; back++) {
    if (!isSame(tail[end - back]!, lines[lines.length - 1 - back]!)) return false
  }
  return true
}

export interface LogFilter {
  text: string
  /** The least important level that is shown. */
  level: Level
}

export function filterLines(lines: readonly ShownLine[], { text, level }: LogFilter): readonly ShownLine[] {
  const most = LEVELS.indexOf(level)
  const wanted = text.toLowerCase()
  if (wanted === '' && most === LEVELS.length - 1) return lines
  return lines.filter((line) => LEVELS.indexOf(line.level) <= most && line.text.toLowerCase().includes(wanted))
}

/** A line in pieces, those at odd places being what was searched for. */
export function highlight(text: string, wanted: string): string[] {
  if (wanted === '') return [text]
  const pieces: string[] = []
  const lower = text.toLowerCase()
  const needle = wanted.toLowerCase()
  let from = 0
  for (let at = lower.indexOf(needle); at >= 0; at = lower.indexOf(needle, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + needle.length))
    from = at + needle.length
  }
  return [...pieces, text.slice(from)]
}

/** The lines as a text file. */
export function asText(lines: readonly LogLine[]): string {
  return lines.map((line) => `${line.at} ${line.stream} ${line.text}\n`).join('')
}
