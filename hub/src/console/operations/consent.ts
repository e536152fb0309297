// Connect: a person's consent in Zendesk, by the code flow with PKCE. What it brings goes into the vault.
import { now } from '../../clock.ts'
import { messageOf } from '../../errors.ts'
import { askForConsent, type Consent } from '../../source/consent.ts'
import type { Hub } from '../console.ts'
import { note } from '../journal/audit.ts'
import { inTurn, save, written } from './connections.ts'
import { NAME, type Operation, objectOf, Refusal, text } from './operation.ts'

interface PendingConsent {
  readonly consent: Consent
  readonly connection: string
  readonly who: string
  readonly origin: string
  readonly until: number
}

/** The consents that were asked for, by their `state`. */
export type Consents = Map<string, PendingConsent>

/** How long a consent may take, in milliseconds. */
const PATIENCE = 10 * 60_000
const MOST = 100

/** The path that Zendesk sends the browser back to. */
export const CALLBACK = '/consent/callback'
/** Zendesk takes https, or http for localhost alone. */
export const redirectUri = (origin: string): string => `${origin}${CALLBACK}`

export const consentOperations = (consents: Consents): readonly Operation[] => [
  {
    ...{
      id: 'askForConsent',
      method: 'post',
      path: '/connections/{name}/consent',
      tag: 'Connections',
      role: 'admin',
      status: 200,
    },
    summary:
      "Begins a consent: a person opens `url`, and their browser comes back to the console. The connection's state stays.",
    params: NAME,
    body: objectOf({
      'client_id?': text({ minLength: 1, description: 'The OAuth client; left out: the one of the connection.' }),
      'client_secret?': text({ minLength: 1, description: 'Of a confidential client.' }),
      'scope?': text({ minLength: 1, default: 'read' }),
    }),
    answer: objectOf({ url: text(), redirect_uri: text(), scope: text() }),
    refusals: {
      404: 'There is no such connection.',
      409: 'Its source stands in a file.',
      422: 'There is no OAuth client to ask for.',
    },
    run(hub, { params, body }, { by, origin }) {
      const connection = written(hub, params['name'])
      const source = connection['source']
      if (typeof source !== 'object' || source === null)
        throw new Refusal(
          409,
          `The source of "${connection.name}" is in a file: sign in there, with source-zendesk auth login.`,
        )
      const known = hub.connections().find((one) => one.name === connection.name)?.source.credentials as
        | Readonly<Record<string, string>>
        | undefined
      const given = body as { client_id?: string; client_secret?: string; scope?: string }
      const clientId = given.client_id ?? known?.['client_id']
      if (clientId === undefined) throw new Refusal(422, 'Say which OAuth client is asked for: "client_id".')
      const clientSecret =
        given.client_secret ?? (clientId === known?.['client_id'] ? known?.['client_secret'] : undefined)
      const scope = given.scope ?? 'read'
      const consent = begun(source as Readonly<Record<string, unknown>>, {
        ...{ clientId, scope, redirectUri: redirectUri(origin), signal: hub.signal },
        ...(clientSecret !== undefined && { clientSecret }),
      })
      for (const [state, { until }] of consents) if (until < now() || consents.size > MOST) consents.delete(state)
      consents.set(consent.state, {
        consent,
        connection: connection.name,
        who: by.who,
        origin,
        until: now() + PATIENCE,
      })
      return { url: consent.url, redirect_uri: redirectUri(origin), scope }
    },
  },
]

function begun(...[source, request]: Parameters<typeof askForConsent>): Consent {
  try {
    return askForConsent(source, request)
  } catch (error) {
    throw new Refusal(422, messageOf(error))
  }
}

/**
 * Takes what the browser brought back from Zendesk: once for each consent that was asked for here. Resolves to the connection.
 * Throws a Refusal for anything else.
 */
export async function finishConsent(
  hub: Hub,
  consents: Consents,
  answer: URLSearchParams,
): Promise<{ connection: string; origin: string }> {
  const state = answer.get('state') ?? ''
  const asked = consents.get(state)
  consents.delete(state)
  if (asked === undefined || asked.until < now())
    throw new Refusal(
      400,
      'This is not the answer to a consent that was asked for here, or it came too late. Press Connect again.',
    )
  const { consent, connection, who, origin } = asked
  const credentials = await consent.finish(answer).catch((error: unknown) => {
    throw new Refusal(422, messageOf(error))
  })
  await inTurn(hub, async () => {
    const before = written(hub, connection)
    const source = { ...(before['source'] as object), credentials }
    await save(hub, connection, { source }, before)
    note(hub.journal, who, 'connected', connection)
  })
  return { connection, origin }
}
