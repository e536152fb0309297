// Secrets at rest: AES-256-GCM, bound to the place where they are kept.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { HubError } from '../errors.ts'

export interface Seals {
  /** Encrypts a text. `place` is where it will be kept: it opens nowhere else. */
  seal(text: string, place: string): string
  /** The text again. Throws a HubError if no key fits. */
  open(sealed: string, place: string): string
}

const FORM = 'v1'

/**
 * Seals with the first of these keys and opens with any of them, so that a key can be replaced. A key is 32 bytes in base64;
 * several stand with commas between them. Throws a HubError for what is no key.
 */
export function sealsWith(keys: string): Seals {
  const all = keys.split(',').map(keyIn)
  const byName = new Map(all.map((key) => [nameOf(key), key]))
  const first = all[0]!
  return {
    seal(text, place) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', first, nonce).setAAD(Buffer.from(place))
      const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return [FORM, nameOf(first), nonce, cipher.getAuthTag(), bytes]
        .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
        .join('.')
    },
    open(sealed, place) {
      const [form, name = '', ...rest] = sealed.split('.')
      const [nonce, tag, bytes] = rest.map((part) => Buffer.from(part, 'base64url'))
      const key = byName.get(name)
      if (form !== FORM || key === undefined || !nonce || !tag || !bytes)
        throw new HubError(`The secrets of ${place} were sealed with another key than ZENDESK_HUB_KEY has.`)
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
        decipher.setAAD(Buffer.from(place)).setAuthTag(tag)
        return Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8')
      } catch (error) {
        throw new HubError(`The secrets of ${place} were changed by somebody, or belong elsewhere.`, { cause: error })
      }
    },
  }
}

/** A new key, as `ZENDESK_HUB_KEY` holds it. */
export const newKey = (): string => randomBytes(32).toString('base64')

function keyIn(text: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== 32)
    throw new HubError('ZENDESK_HUB_KEY holds 32 bytes in base64. `openssl rand -base64 32` makes such a key.')
  return key
}

/** Names a key without telling anything of it. */
const nameOf = (key: Buffer): string => createHash('sha256').update(key).digest('base64url').slice(0, 8)
