// Remembers what was sent of each record, so that nothing older follows something newer, and few records come twice.
import { createHash } from 'node:crypto'
import type { Row } from '../table/batch.ts'
import type { Outgoing } from './channel.ts'

/** Records that are remembered. The one that was not sent for the longest time is forgotten first: it may come again then. */
const MOST = 200_000

export interface Newest {
  /** Whether it says something new. */
  isNews(message: Outgoing): boolean
  /** Notes that it was sent. */
  note(message: Outgoing): void
}

/** `volatile`: by stream, the field that only the exports have. */
export function createNewest(volatile: (stream: string) => string | undefined, most = MOST): Newest {
  const sent = new Map<string, { readonly at: number; readonly hash: string }>()
  const nameOf = ({ stream, key }: Outgoing): string => `${stream} ${key}`
  const described = (message: Outgoing) => ({ at: timeOf(message), hash: hashOf(message, volatile(message.stream)) })
  return {
    isNews(message) {
      const known = sent.get(nameOf(message))
      if (known === undefined || message.key === '') return true
      const { at, hash } = described(message)
      return at >= known.at && hash !== known.hash
    },
    note(message) {
      const name = nameOf(message)
      sent.delete(name)
      sent.set(name, described(message))
      if (sent.size > most) for (const oldest of sent.keys()) return void sent.delete(oldest)
    },
  }
}

function timeOf({ record, deletedAt }: Outgoing): number {
  const time = Date.parse(String(deletedAt ?? record['updated_at'] ?? record['created_at']))
  return Number.isNaN(time) ? 0 : time
}

function hashOf({ record, deletedAt }: Outgoing, omitted: string | undefined): string {
  // What is known of a deleted record differs with who says that it was deleted.
  if (deletedAt !== undefined) return 'deleted'
  const content: Row = { ...record, url: undefined, ...(omitted !== undefined && { [omitted]: undefined }) }
  return createHash('sha1').update(stable(content)).digest('base64')
}

/** JSON with the members of objects in one order. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
