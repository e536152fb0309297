// Times depend on what else the machine does: tests print them, and only TIMED=1 holds them to a limit, as `npm run soak:live` does.
import { expect } from 'vitest'

const IS_TIMED = process.env['TIMED'] === '1'

/** Prints what took so many milliseconds, and fails above `most` where times are asked for. */
export function toldTime(what: string, milliseconds: number, most: number): void {
  process.stdout.write(`${what}: ${Math.round(milliseconds)} ms\n`)
  if (IS_TIMED) expect(milliseconds, what).toBeLessThan(most)
}

/** Prints by how many MB memory grew, and fails above `most` where that is asked for: other tests use this process too. */
export function toldMemory(what: string, megabytes: number, most: number): void {
  process.stdout.write(`${what}: ${Math.round(megabytes)} MB more\n`)
  if (IS_TIMED) expect(megabytes, what).toBeLessThan(most)
}
