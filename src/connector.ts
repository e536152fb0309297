import { configFrom } from './config.ts'
import { ConnectorError } from './errors.ts'
import { createClient } from './http/client.ts'
import type { Connector, Log, Surroundings } from './message.ts'
import { streams } from './streams/index.ts'
import { readAll } from './sync/read.ts'
import { isoOf } from './time.ts'
import { signedIn, unreadable } from './zendesk/account.ts'
import { authorizationFor } from './zendesk/authentication.ts'

/** How long somebody who waits for an answer is kept waiting by a failure or a limit, in ms. */
const IMPATIENT = 5_000

/** The one place that wires configuration, client, streams and engine. Throws a ConnectorError for a bad configuration. */
export function createConnector(given: unknown, { signal, tell, patient }: Surroundings): Connector {
  const { origin, credentials, startDate, deletedRecords } = configFrom(given)
  const log: Log = (level, message) => tell({ kind: 'log', level, message })
  const toldUntil = new Map<string, number>()
  const get = createClient({
    origin,
    signal,
    log,
    authorization: authorizationFor(credentials),
    ...(!patient && { retryBudget: IMPATIENT, limitBudget: IMPATIENT }),
    onWait(streams, until) {
      // Requests that wait together are one wait to whoever reads of it.
      const waiting = streams.filter((stream) => until > (toldUntil.get(stream) ?? 0) + 1000)
      for (const stream of waiting) toldUntil.set(stream, until)
      if (waiting.length === 0 && streams.length > 0) return
      const seconds = Math.ceil((until - Date.now()) / 1000)
      log('info', `Zendesk's limit is used up; ${waiting.join(', ') || 'this command'} goes on in ${seconds} s.`)
      for (const stream of waiting) tell({ kind: 'waiting', stream, until })
    },
  })
  return {
    streams,
    deletedRecords,
    read: (configured) => readAll(configured, { get, startDate, deletedRecords, signal, log }),
    async examine() {
      if (startDate > Date.now() / 1000)
        throw new ConnectorError(
          `"start_date" is ${isoOf(startDate)}, which is in the future: nothing would be read. Choose a date before today.`,
          'config_error',
        )
      const user = await signedIn(get, origin)
      const missing = await unreadable(get, streams, user)
      if (user.role === 'end-user' || missing.size === streams.length)
        throw new ConnectorError(
          `${user.name} may read none of the streams (role: ${user.role}). Sign in as an administrator.`,
          'config_error',
        )
      return missing
    },
  }
}
