import type { Readable } from 'node:stream'

/** The process, as a command sees it. */
export interface Program {
  /** The command line, without the program. */
  readonly argv: readonly string[]
  /** Writes to standard output. */
  readonly write: (text: string) => void
  /** Writes to standard error. */
  readonly say: (text: string) => void
  /** Whether somebody watches standard error, so that lines can be written over; and how wide it is. */
  readonly watched: { readonly columns: number } | undefined
  readonly input: Readable
  /** Given when the process is asked to stop. */
  readonly signal: AbortSignal
  /** This process, as others see it. */
  readonly processId: number
  /** Whether a process of this machine runs. */
  readonly isAlive: (processId: number) => boolean
  readonly environment: Readonly<Record<string, string | undefined>>
}
