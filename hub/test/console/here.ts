// A console from its code, without a network: requests go to the app itself.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '../../src/config/connection.ts'
import { readConnectionsIfAny } from '../../src/config/read.ts'
import { configFile } from '../../src/config/write.ts'
import { addressOf } from '../../src/console/access/origin.ts'
import { beginSession, type Role, sessionOf } from '../../src/console/access/sessions.ts'
import { createConsole } from '../../src/console/app.ts'
import type { ConsoleOptions, Hub } from '../../src/console/console.ts'
import { createLiveEvents } from '../../src/console/journal/live-events.ts'
import { openJournal } from '../../src/console/journal/open.ts'
import { createRunning } from '../../src/console/journal/running.ts'
import { HubError } from '../../src/errors.ts'
import { createKeeper } from '../../src/schedule/keep.ts'
import { openVault, withSecrets } from '../../src/secrets/vault.ts'
import { openAccount } from '../../src/source/account.ts'
import type { Store } from '../../src/store/open.ts'

export const ORIGIN = 'http://localhost:8090'

// biome-ignore lint/suspicious/noExplicitAny: whatever it answers
export type Answer = any

export interface Here {
  readonly folder: string
  readonly hub: Hub
  readonly said: string[]
  /** Sends a request, as it is: host and origin too. */
  send(path: string, init?: RequestInit): Promise<Response>
  /** The headers of a person who is signed in, with what a form of theirs carries. */
  person(role: Role): { readonly cookie: string; readonly csrf: string }
  /** Calls the API as somebody of this role. */
  api(
    role: Role,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: Answer }>
  close(): void
}

export async function consoleHere(
  options: Partial<ConsoleOptions> & { allowsPrivate?: boolean; fleet?: Store } = {},
): Promise<Here> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-'))
  const config = join(folder, 'hub.yaml')
  const environment = { ZENDESK_HUB_KEY_FILE: join(folder, 'key/key') }
  const journal = openJournal(':memory:')
  const stop = new AbortController()
  let connections: readonly Connection[] = []
  const running = createRunning(journal)
  const hub: Hub = {
    file: configFile(config),
    vault: openVault(join(folder, 'hub.secrets'), environment),
    keeper: createKeeper([], () => {}, stop.signal),
    journal,
    running,
    liveEvents: createLiveEvents(running.changed),
    version: 'test',
    fleet: options.fleet,
    liveFolder: join(folder, 'live'),
    allowsPrivate: options.allowsPrivate ?? false,
    signal: stop.signal,
    connections: () => connections,
    async reload() {
      connections = await readConnectionsIfAny(config, withSecrets(config, environment))
    },
    writes: {
      operations: async () => {
        throw new HubError('There is no Zendesk here.')
      },
      check: async () => undefined,
      health: () => undefined,
      ask: () => true,
      stop: () => false,
    },
    account: ({ source }) => openAccount(source, { environment }),
    warehouse: async () => {
      throw new HubError('There is no warehouse here.')
    },
  }
  const said: string[] = []
  const app = createConsole({ hub, address: () => addressOf(8090), say: (text) => void said.push(text), ...options })
  const send = async (path: string, init: RequestInit = {}): Promise<Response> =>
    await app.request(`http://localhost:8090${path}`, { ...init, headers: { host: 'localhost:8090', ...init.headers } })
  const person = (role: Role) => {
    const value = beginSession(journal, { who: role, role })
    const { csrf } = sessionOf(journal, value)!
    return { cookie: `hub-8090=${value}`, csrf }
  }
  return {
    folder,
    hub,
    said,
    send,
    person,
    async api(role, method, path, body) {
      const { cookie, csrf } = person(role)
      const answer = await send(`/api/v1${path}`, {
        method,
        headers: {
          cookie,
          origin: ORIGIN,
          'x-csrf-token': csrf,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
    },
    close() {
      stop.abort()
      journal.close()
      rmSync(folder, { recursive: true })
    },
  }
}
