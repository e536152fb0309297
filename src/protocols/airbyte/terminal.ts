// What a person at a terminal reads in place of lines for a platform.
import { failureTypeOf, messageOf } from '../../model/errors.ts'
import type { Message } from '../../model/message.ts'
import { connectionStatusLine } from './messages.ts'

/** Who reads what the commands write. */
export interface Audience {
  /** Says something to the person at the terminal; left out if nobody is there. */
  readonly say?: (text: string) => void
  /** Whether lines go to a terminal too: then logs and errors are text, and no lines. */
  readonly isTerminal?: boolean
}

/** A log or an error as text; undefined for what stays a line. */
export function textOf(message: Message): string | undefined {
  if (message.kind === 'log') return `${message.level.toUpperCase()} ${message.message}\n`
  if (message.kind !== 'error') return undefined
  const { stream, error } = message
  // What we did not mean to raise is a fault of ours, and wants its place in the code.
  const trace = failureTypeOf(error) === 'system_error' && error instanceof Error ? `${error.stack}\n` : ''
  return `ERROR ${stream === undefined ? '' : `Stream "${stream}": `}${messageOf(error)}\n${trace}`
}

/** The result of a check, for whoever reads it. */
export const statusFor = (
  { isTerminal }: Audience,
  status: 'SUCCEEDED' | 'FAILED',
  message: string | undefined,
): string => {
  if (isTerminal !== true) return connectionStatusLine(status, message)
  return `The check ${status.toLowerCase()}${message === undefined ? '.' : `: ${message}`}\n`
}
