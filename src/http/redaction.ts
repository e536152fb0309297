/** Shorter words are no secrets, and would be struck out of ordinary text. */
const SHORTEST = 8

const STRUCK = '[hidden]'

/** What is secret among that which the token endpoint is sent. */
const SECRETS: ReadonlySet<string> = new Set(['client_secret', 'refresh_token', 'code', 'code_verifier'])

/** Knows the secrets that were sent to a server, so that no error repeats them where the server does. */
export interface Redaction {
  /** Remembers what one request carried: its `Authorization` header, and a JSON body. */
  sent(authorization: string | undefined, body: object | undefined): void
  /** The text without them, however they are written in it. */
  clean(text: string): string
}

export function createRedaction(): Redaction {
  const known = new Map<string, RegExp>()
  const remember = (secret: string): void => {
    if (secret.length < SHORTEST || known.has(secret)) return
    for (const one of [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')])
      known.set(one, inAnyForm(one))
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
      // The longest first: one may be a part of another.
      const longestFirst = [...known].sort(([one], [other]) => other.length - one.length)
      return longestFirst.reduce((rest, [, form]) => rest.replaceAll(form, STRUCK), text)
    },
  }
}

/** A secret as it stands in plain text, JSON (also within JSON), addresses, forms and HTML. */
const inAnyForm = (secret: string): RegExp =>
  new RegExp(Array.from(secret.replace(/\\+/g, '\\'), inAnyEscape).join(''), 'gi')

/** Repetitions have an end, so that no answer makes the search slow. */
function inAnyEscape(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  const bytes = Array.from(Buffer.from(character), (byte) => `%(?:25){0,3}${byte.toString(16).padStart(2, '0')}`)
  const plain = character === ' ' ? '[ +]' : character.replace(/\W/, '\\$&')
  const entities = `&#0{0,4}${code};|&#x0{0,4}${hex};|&[a-z]{2,9};`
  return `(?:\\\\{0,9}${plain}|\\\\{1,9}u${hex.padStart(4, '0')}|${bytes.join('')}|${entities})`
}
