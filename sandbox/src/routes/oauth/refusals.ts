import { Refusal } from '../../http/errors.ts'

// Assumed (fact 331): the words, which are those of most servers (RFC 6749); the codes and statuses are Zendesk's.
const WORDS = {
  invalid_client:
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  invalid_grant:
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
  unauthorized_client: 'The client is not authorized to use this authorization grant type.',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
  unsupported_response_type: 'The authorization server does not support this response type.',
  access_denied: 'The end-user or authorization server denied the request.',
} as const

/** A refusal of the OAuth endpoints in the shape of RFC 6749; `invalid_client` is a 401, the others are 400. */
export function oauthRefusal(error: keyof typeof WORDS): Refusal {
  return new Refusal(error === 'invalid_client' ? 401 : 400, { error, error_description: WORDS[error] })
}

/** The parameters of a refusal in a redirect back to the client. */
export function oauthWords(error: keyof typeof WORDS): { error: string; error_description: string } {
  return { error, error_description: WORDS[error] }
}

/** 400 for a parameter that is missing or out of its range. */
export function invalidRequest(what: string): Refusal {
  return new Refusal(400, { error: 'invalid_request', error_description: what })
}
