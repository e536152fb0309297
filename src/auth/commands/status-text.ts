import type { SignedIn } from '../../model/message.ts'

/** Who is signed in, in words. */
export function statusText({ origin, name, role, token, wayEnds, requestsPerMinute, unreadable }: SignedIn): string {
  const lines = [`Signed in to ${origin} as ${name} (${role}).`]
  if (token) {
    const { scopes, expiresAt, refreshExpiresAt } = token
    lines.push(`Scopes: ${scopes.join(' ') || 'none'}.`)
    if (!scopes.includes('read'))
      lines.push('Some streams may be refused: to read all of them, the token needs the scope "read".')
    lines.push(`The access token ${expiresAt === undefined ? 'does not expire' : `expires at ${expiresAt}`}.`)
    if (refreshExpiresAt !== undefined)
      lines.push(`The refresh token expires at ${refreshExpiresAt}; each renewal brings a new one.`)
  }
  if (wayEnds !== undefined) lines.push(`${wayEnds}.`)
  if (requestsPerMinute !== undefined) lines.push(`The account allows ${requestsPerMinute} requests a minute.`)
  if (unreadable.size === 0) lines.push('Every stream can be read.')
  for (const [stream, reason] of unreadable) lines.push(`${stream} cannot be read: ${reason}`)
  return `${lines.join('\n')}\n`
}
