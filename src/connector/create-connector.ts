import { accountStatus, hasToken } from '../auth/account-status.ts'
import { revokeToken } from '../auth/current-token.ts'
import { type Found, findStreams } from '../catalog/account-streams.ts'
import { createFetchFile } from '../http/files/fetch-file.ts'
import type { Clock } from '../model/clock.ts'
import { ConnectorError } from '../model/errors.ts'
import type { Connector } from '../model/message.ts'
import type { Runtime } from '../model/runtime.ts'
import type { ConfiguredStream, GetPage } from '../model/stream.ts'
import { isoOf } from '../model/time.ts'
import { readAll } from '../sync/read.ts'
import type { ReadOptions } from '../sync/run.ts'
import { showMany } from '../sync/show-many.ts'
import { signedInUser, unreadable } from '../zendesk/availability.ts'
import { describeReader } from '../zendesk/export-access.ts'
import { type AccountConnection, connectAccount } from './account-connection.ts'
import { redacted } from './redacted-connector.ts'
import { wordsAsObjects } from './words-as-objects.ts'

/** Airbyte's default folder for files. */
const STAGING_FOLDER = '/staging/files'

/** Connects configuration, client, streams and engine: the only place that does. Rejects with a ConnectorError for a bad configuration. */
export async function createConnector(given: unknown, runtime: Runtime): Promise<Connector> {
  const connection = await connectAccount(given, runtime)
  const { config, get, call, session, rateLimiter, redaction, log, clock, retryBudget } = connection
  const { origin, credentials, selection, deletedRecords } = config
  const { signal, environment, stage } = runtime
  const folder = config.filesFolder ?? environment['AIRBYTE_STAGING_DIRECTORY'] ?? STAGING_FOLDER
  const fetchFile = createFetchFile({
    origin,
    session,
    rateLimiter,
    timeouts: runtime.timeouts,
    stage: (relativePath) => stage(folder, relativePath),
    signal,
    clock,
    log,
    retryBudget,
  })
  let all: Promise<Found> | undefined
  const found = (): Promise<Found> => {
    all ??= findStreams({ get, log }, config)
    return all
  }
  const counted = countRequests(get, clock)
  const optionsFor = (configured: readonly ConfiguredStream[]): ReadOptions => ({
    get: counted.get,
    answeredAt: counted.answeredAt,
    asEmitted: wordsAsObjects(configured),
    fetchFile,
    selection,
    deletedRecords,
    reader: config.reader,
    reconcile: config.reconcile,
    walksAtOnce: config.streamsConcurrency,
    endsAtLimit: runtime.maxWait !== undefined,
    priorityOf: priorityIn(configured, config.streamsFirst),
    signal,
    log,
    clock,
  })
  const connector: Connector = {
    streams: async (named) => (await (named ? findStreams({ get, log }, config, named) : found())).streams,
    deletedRecords,
    strictTypes: config.strictTypes,
    ...(config.nulCharacters !== undefined && { nulCharacters: config.nulCharacters }),
    ...(config.filesFolder !== undefined && { filesFolder: config.filesFolder }),
    async signedIn() {
      const reported = await accountStatus(get, origin, credentials.kind, {
        streams: async () => (await found()).streams,
        log,
      })
      const requestsPerMinute = rateLimiter.accountLimit()
      return { ...reported, ...(requestsPerMinute !== undefined && { requestsPerMinute }) }
    },
    signOut: () => signOut(connection),
    costs: () => ({ limits: rateLimiter.uses(), requests: counted.requests }),
    read: (configured) => readAll(configured, optionsFor(configured)),
    show: (configured, ids) => showMany(configured, ids, optionsFor(configured)),
    call,
    describeReader: () => describeReader(get, config.reader),
    examine: () => examine(connection, found),
  }
  return redacted(connector, redaction)
}

/** The same, the requests by stream, and when the last one was answered (epoch ms). */
function countRequests(get: GetPage, clock: Clock) {
  const requests = new Map<string, number>()
  let answeredAt = clock.now()
  return {
    requests: requests as ReadonlyMap<string, number>,
    answeredAt: () => answeredAt,
    get: ((request) => {
      for (const name of request.streams ?? []) requests.set(name, (requests.get(name) ?? 0) + 1)
      const coming = get(request)
      const onAnswer = (): void => {
        answeredAt = clock.now()
      }
      coming.then(onAnswer, () => undefined)
      return coming
    }) satisfies GetPage,
  }
}

/** The priority of each stream, by its name: those that the configuration names first, in its order; then as they are declared. */
function priorityIn(configured: readonly ConfiguredStream[], first: readonly string[]): (stream: string) => number {
  const declared = new Map(configured.map(({ stream }) => [stream.name, stream.priority ?? LAST]))
  const chosen = new Map(first.map((name, nth) => [name, nth - first.length]))
  return (stream) => chosen.get(stream) ?? declared.get(stream) ?? LAST
}

/** The priority of streams that declare none. */
const LAST = 4

/** Revokes the token in use, and says so in a sentence. Throws a ConnectorError if there is none. */
async function signOut({ config, send, session }: AccountConnection): Promise<string> {
  const { origin, credentials } = config
  if (!hasToken(credentials.kind))
    throw new ConnectorError('Only OAuth tokens can be revoked here; API tokens are in Admin Center.', 'config_error')
  await revokeToken(send, origin, session)
  return credentials.kind === 'client_credentials'
    ? 'The OAuth client signs in for itself: the token of this command is revoked, and the next command gets another. To end that, delete the client in Admin Center.\n'
    : `Signed out: the token of ${origin} is revoked, and its refresh token with it. Sign in again before the next sync.\n`
}

/** By stream that cannot be read: why not. Throws a ConnectorError if no stream can be read, or nothing would be. */
async function examine(
  { config, get, clock, log }: AccountConnection,
  found: () => Promise<Found>,
): Promise<ReadonlyMap<string, string>> {
  const { origin, credentials, selection } = config
  if (selection.startDate > clock.now() / 1000)
    throw new ConnectorError(
      `"start_date" is ${isoOf(selection.startDate)}, which is in the future, so nothing would be read. Choose a date before today.`,
      'config_error',
    )
  const user = await signedInUser(get, origin, credentials.kind)
  const { streams, missing: notFound } = await found()
  const missing = await unreadable(get, streams, user, { log })
  if (user.role === 'end-user' || missing.size === streams.length)
    throw new ConnectorError(
      `${user.name} may read none of the streams (role: ${user.role}). Sign in as an administrator.`,
      'config_error',
    )
  return new Map([...missing, ...notFound])
}
