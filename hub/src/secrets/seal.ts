// Texts that only the holder of a key can read: AES-256-GCM.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { HubError } from '../errors.ts'
import type { Key } from './key.ts'

const MARK = 'sealed:1'

/** Encrypts a text. `about` says what it is: a text that was sealed about something else cannot be put in its place. */
export function seal(key: Key, about: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce)
  cipher.setAAD(Buffer.from(about))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const parts = [nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))
  return [MARK, key.id, ...parts].join(':')
}

/** The text that was sealed. Throws a HubError if it was sealed with another key, about something else, or was changed. */
export function unseal(key: Key, about: string, sealed: string): string {
  const [scheme, version, id, nonce = '', tag = '', body = ''] = sealed.trim().split(':')
  if (`${scheme}:${version}` !== MARK) throw new HubError(`"${about}" is not sealed.`)
  if (id !== key.id)
    throw new HubError(
      `"${about}" was encrypted with the key ${id}, and this is ${key.id}. Enter it again, or bring that key back.`,
    )
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(nonce, 'base64url'))
    decipher.setAAD(Buffer.from(about))
    decipher.setAuthTag(Buffer.from(tag, 'base64url'))
    return decipher.update(Buffer.from(body, 'base64url'), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw new HubError(`"${about}" was changed on the disk, and cannot be decrypted. Enter it again.`)
  }
}

export const isSealed = (text: string): boolean => text.startsWith(`${MARK}:`)
