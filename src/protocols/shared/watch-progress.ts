import type { Connector, Message } from '../../model/message.ts'
import { createProgress } from './progress.ts'
import { createProgressLines } from './progress-lines.ts'

/** Who watches a sync: a person at a terminal, or a program that reads a file descriptor. */
export interface Watchers {
  /** Shows progress in place; left out if there is no terminal. */
  readonly showProgress?: (text: string) => void
  /** Opens a file descriptor to write text to. */
  readonly openDescriptor?: (descriptor: number) => (text: string) => void
}

/** Passes these messages through, and shows progress to those who watch. */
export async function* watched(
  messages: AsyncIterable<Message>,
  { showProgress, openDescriptor }: Watchers,
  connector: Pick<Connector, 'costs'>,
  descriptor: number | undefined,
): AsyncGenerator<Message> {
  const write = descriptor === undefined ? undefined : openDescriptor?.(descriptor)
  const all = [
    ...(showProgress ? [createProgress(showProgress)] : []),
    ...(write ? [createProgressLines(connector, write)] : []),
  ]
  try {
    for await (const message of messages) {
      for (const one of all) one.note(message)
      yield message
    }
  } finally {
    for (const one of all) one.end()
  }
}
