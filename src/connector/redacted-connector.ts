import type { Redaction } from '../http/redaction.ts'
import type { Connector, Message } from '../model/message.ts'

/**
 * The connector, with secrets taken out of all errors and reasons, whoever made them and whatever a server wrote into an
 * answer. Records are data and stay as they are.
 */
export function redacted(connector: Connector, redaction: Redaction): Connector {
  const cleared = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked
    } catch (error) {
      throw redactedError(error, redaction)
    }
  }
  const reported = (reasons: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
    new Map([...reasons].map(([name, reason]) => [name, redaction.clean(reason)]))
  const messages = async function* (from: AsyncGenerator<Message>): AsyncGenerator<Message> {
    try {
      for await (const message of from)
        yield message.kind === 'error' ? { ...message, error: redactedError(message.error, redaction) } : message
    } catch (error) {
      throw redactedError(error, redaction)
    }
  }
  return {
    ...connector,
    streams: (named) => cleared(connector.streams(named)),
    describeReader: () => cleared(connector.describeReader()),
    examine: async () => reported(await cleared(connector.examine())),
    async signedIn() {
      const signedIn = await cleared(connector.signedIn())
      return { ...signedIn, unreadable: reported(signedIn.unreadable) }
    },
    signOut: () => cleared(connector.signOut()),
    read: (configured) => messages(connector.read(configured)),
    show: (configured, ids) => messages(connector.show(configured, ids)),
    call: (request) => cleared(connector.call(request)),
  }
}

/** The error and its causes, with secrets taken out of their texts. */
export function redactedError(error: unknown, redaction: Redaction): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? redaction.clean(error) : error
  // Errors of other libraries may have read-only texts; only ours quote answers.
  for (const name of ['message', 'stack'] as const) {
    const text = error[name] ?? ''
    const redactedText = redaction.clean(text)
    if (redactedText !== text) error[name] = redactedText
  }
  redactedError(error.cause, redaction)
  return error
}
