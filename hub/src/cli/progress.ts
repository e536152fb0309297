// What a sync looks like while it runs: a line for each stream in a terminal, plain lines elsewhere.
import { now, passed } from '../clock.ts'
import { messageOf } from '../errors.ts'
import type { SourceMessage } from '../source/source.ts'
import type { Program } from './program.ts'

export interface Progress {
  take(message: SourceMessage): void
  /** Takes what was drawn off the terminal. */
  end(): void
}

interface Running {
  rows: number
  deletions: number
  expected: number | undefined
  since: number
  until: number | undefined
  status: string
}

/** Milliseconds between two drawings, and between two lines where nobody watches. */
const PAUSE = 120
const LINE_PAUSE = 60_000

export function createProgress({ say, watched }: Pick<Program, 'say' | 'watched'>): Progress {
  const lines = new Map<string, Running>()
  let drawn = 0
  let last = passed()
  const erase = (): string => (drawn > 0 ? `\x1b[${drawn}A\x1b[J` : '')
  const lineOf = (stream: string): Running => {
    const known = lines.get(stream)
    if (known) return known
    const line: Running = { rows: 0, deletions: 0, expected: undefined, since: passed(), until: undefined, status: '' }
    lines.set(stream, line)
    return line
  }
  const draw = (): void => {
    const running = [...lines].filter(([, { status }]) => status !== 'complete')
    const shown = running.slice(-12).map(([stream, line]) => `${shape(stream, line).slice(0, watched!.columns - 1)}\n`)
    say(`${erase()}${shown.join('')}`)
    drawn = shown.length
  }
  const tell = (text: string): void => {
    say(`${watched ? erase() : ''}${text}\n`)
    drawn = 0
  }
  return {
    take(message) {
      if (message.kind === 'log') {
        if (message.level !== 'debug') tell(`${message.level}: ${message.message}`)
        return
      }
      if (message.kind === 'error') {
        const stream = message.stream === undefined ? '' : `${message.stream}: `
        return tell(`error: ${stream}${messageOf(message.error)}`)
      }
      const line = lineOf(message.stream)
      if (message.kind === 'records') {
        const deletions = message.deletedAt?.filter((time) => time !== undefined).length ?? 0
        line.rows += message.records.length - deletions
        line.deletions += deletions
        line.until = undefined
      } else if (message.kind === 'estimate') line.expected = message.rows
      else if (message.kind === 'waiting') line.until = message.until
      else if (message.kind === 'status') line.status = message.status
      if (passed() - last < (watched ? PAUSE : LINE_PAUSE)) return
      last = passed()
      if (watched) draw()
      else
        say(
          [...lines]
            .filter(([, { status }]) => status !== 'complete')
            .map(([s, l]) => `${shape(s, l)}\n`)
            .join(''),
        )
    },
    end() {
      if (watched) say(erase())
      drawn = 0
    },
  }
}

const BAR = 20

/** `tickets  ████░░  12,000 of 30,000  4,100/s  about 4 s` */
function shape(stream: string, { rows, deletions, expected, since, until }: Running): string {
  const seconds = Math.max((passed() - since) / 1000, 0.001)
  const rate = rows / seconds
  const done = expected === undefined || expected === 0 ? undefined : Math.min(rows / expected, 1)
  const bar = done === undefined ? '' : `${'█'.repeat(Math.round(done * BAR)).padEnd(BAR, '░')}  `
  const of = expected === undefined ? '' : ` of ${count(expected)}`
  const left = done === undefined || done === 0 || done === 1 ? '' : `  about ${duration((expected! - rows) / rate)}`
  const waits =
    until === undefined || until < now() ? '' : `  waits for Zendesk's limit, ${duration((until - now()) / 1000)}`
  const gone = deletions === 0 ? '' : `, ${count(deletions)} deleted`
  return `${stream.padEnd(24)}${bar}${count(rows)}${of} rows${gone}  ${count(Math.round(rate))}/s${left}${waits}`
}

/** A whole number with commas. `toLocaleString` would load the rules of all languages, for 15 ms. */
export const count = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',')

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
