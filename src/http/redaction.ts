/** Shorter texts are not taken for secrets: they occur in ordinary text. */
const SHORTEST = 8

const REDACTED = '[hidden]'

/** The secret fields of a request to the token endpoint. */
const SECRETS: ReadonlySet<string> = new Set(['client_secret', 'refresh_token', 'code', 'code_verifier'])

/** Takes secrets that were sent to a server out of texts: a server may repeat them in an error. */
export interface Redaction {
  /** Remembers the secrets of one request: of its `Authorization` header and its JSON body. */
  sent(authorization: string | undefined, body: object | undefined): void
  /** The text without the secrets, in whatever encoding they appear. */
  clean(text: string): string
}

export function createRedaction(): Redaction {
  const known = new Map<string, RegExp>()
  const remember = (secret: string): void => {
    if (secret.length < SHORTEST || known.has(secret)) return
    for (const text of [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')])
      for (const part of partsOf(text)) known.set(part, patternOf(part))
    // Also if it has several parts, it is known.
    if (!known.has(secret)) known.set(secret, NOTHING)
  }
  return {
    sent(authorization, body) {
      const [scheme = '', credentials = ''] = authorization?.split(' ') ?? []
      if (!known.has(credentials)) {
        const user = scheme === 'Basic' ? Buffer.from(credentials, 'base64').toString('utf8') : ''
        for (const secret of [user.slice(user.indexOf(':') + 1), user, credentials]) remember(secret)
      }
      for (const [name, value] of Object.entries(body ?? {}))
        if (typeof value === 'string' && SECRETS.has(name)) remember(value)
    },
    clean(text) {
      // The longest first, as one may be a part of another.
      const longestFirst = [...known].sort(([one], [other]) => other.length - one.length)
      return longestFirst.reduce((rest, [, pattern]) => rest.replaceAll(pattern, REDACTED), text)
    },
  }
}

/** The longest text that becomes one pattern: their size has a limit. */
const LONGEST_PART = 500

const NOTHING = /(?!)/g

/** A secret in parts, none of them so short that it stands in ordinary text. */
function partsOf(text: string): readonly string[] {
  const characters = Array.from(text)
  const count = Math.max(1, Math.ceil(characters.length / LONGEST_PART))
  const size = Math.ceil(characters.length / count)
  return Array.from({ length: count }, (_, part) => characters.slice(part * size, (part + 1) * size).join(''))
}

/** Matches a secret in plain text, JSON (also JSON within JSON), URLs, form data and HTML. */
const patternOf = (secret: string): RegExp =>
  new RegExp(Array.from(secret.replace(/\\+/g, '\\'), inAnyEscape).join(''), 'gi')

/** Matches one character, however it is escaped. Repetitions are bounded, so that no answer makes the search slow. */
function inAnyEscape(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  const bytes = Array.from(Buffer.from(character), (byte) => `%(?:25){0,3}${byte.toString(16).padStart(2, '0')}`)
  const plain = character === ' ' ? '[ +]' : character.replace(/\W/, '\\$&')
  const entities = `&#0{0,4}${code};|&#x0{0,4}${hex};|&[a-z]{2,9};`
  return `(?:\\\\{0,9}${plain}|\\\\{1,9}u${hex.padStart(4, '0')}|${bytes.join('')}|${entities})`
}
