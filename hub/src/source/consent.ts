// A person's consent in Zendesk, asked for by a page of the hub.
import { beginConsent, type ConsentRequest, type PendingConsent } from 'zendesk-connector'

export type Consent = PendingConsent

/** Asks for it. Throws a ConnectorError for a configuration that names no account. */
export const askForConsent = (source: Readonly<Record<string, unknown>>, request: ConsentRequest): Consent =>
  beginConsent({ ...source, subdomain: String(source['subdomain'] ?? '') }, request)
