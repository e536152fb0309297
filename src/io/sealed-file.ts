// The file of renewed tokens. Its text may be encrypted.
import type { TextFile } from '../model/runtime.ts'
import { textFile } from './text-file.ts'

/** Encrypts a text, and decrypts it. `open` throws for a text that was not sealed with the same key. */
export interface Seal {
  close(text: string): string
  open(text: string): string
}

/** The file of the tokens. With `seal`, its text is encrypted on disk. */
export function tokensIn(place: string | TextFile, seal: Seal | undefined): TextFile {
  const file = typeof place === 'string' ? textFile(place) : place
  if (seal === undefined) return file
  return {
    ...file,
    async read() {
      const text = await file.read()
      return text === undefined || text.trim() === '' ? text : seal.open(text)
    },
    async reserve() {
      const room = await file.reserve()
      return { ...room, fill: (text) => room.fill(seal.close(text)) }
    },
    replace: (text) => file.replace(seal.close(text)),
  }
}
