import type { SignedIn } from '../message.ts'

/** Who is signed in, in words. */
export function statusText({ origin, name, role, token, requestsPerMinute, unreadable }: SignedIn): string {
  const lines = [`Signed in to ${origin} as ${name} (${role}).`]
  if (token) {
    const { scopes, expiresAt } = token
    lines.push(
      `Scopes: ${scopes.join(' ') || 'none'}. The access token ${expiresAt === undefined ? 'has no end' : `ends at ${expiresAt}`}.`,
    )
  }
  if (requestsPerMinute !== undefined) lines.push(`The account allows ${requestsPerMinute} requests a minute.`)
  if (unreadable.size === 0) lines.push('Every stream can be read.')
  for (const [stream, reason] of unreadable) lines.push(`${stream} cannot be read: ${reason}`)
  return `${lines.join('\n')}\n`
}
