// The webhooks that were installed, and their secrets: a file that only its owner can read.
import { readFileSync, statSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HubError, messageOf } from '../errors.ts'
import { makeFolder } from '../make-folder.ts'

export interface KeptWebhook {
  readonly id: string
  readonly endpoint: string
  readonly secret: string
  /** What Zendesk refused when the webhooks that lead there were installed, events among it. */
  readonly refused?: readonly string[]
  /** The secret before this one, and until when it is good, in milliseconds: deliveries signed with it are under way. */
  readonly before?: { readonly secret: string; readonly until: number }
}

export interface KeptWebhooks {
  readonly webhooks: readonly KeptWebhook[]
  /** The account's number, as deliveries name it; left out: not known yet. */
  readonly account?: string
  /** Until when a secret may be on its way to this file, in milliseconds: what fits none is asked to come again. */
  readonly settlingUntil?: number
}

export const inboxIn = (folder: string): string => join(folder, 'inbox.sqlite')
const fileIn = (folder: string): string => join(folder, 'webhooks.json')

/** What is kept in this folder; nothing if there is none. Throws a HubError for a file that cannot be read. */
export function readKept(folder: string): KeptWebhooks {
  try {
    return JSON.parse(readFileSync(fileIn(folder), 'utf8')) as KeptWebhooks
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { webhooks: [] }
    throw new HubError(`${fileIn(folder)} cannot be read: ${messageOf(error)}`)
  }
}

/** Puts it in the place of what was kept, as a whole. */
export async function keep(folder: string, kept: KeptWebhooks): Promise<void> {
  makeFolder(folder, 0o700)
  const unfinished = `${fileIn(folder)}.unfinished`
  await writeFile(unfinished, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, flush: true })
  await rename(unfinished, fileIn(folder))
}

/** Reads the file again when it has changed: another command may rotate a secret while this one listens. */
export function watchKept(folder: string): () => KeptWebhooks {
  let seen = ''
  let kept: KeptWebhooks = { webhooks: [] }
  return () => {
    const stat = statSync(fileIn(folder), { throwIfNoEntry: false })
    const version = stat ? `${stat.ino} ${stat.mtimeMs}` : ''
    if (version !== seen) {
      kept = readKept(folder)
      seen = version
    }
    return kept
  }
}

/** The secrets that deliveries of this webhook may be signed with. `now` in milliseconds. */
export function secretsOf({ webhooks }: KeptWebhooks, id: string, now: number): readonly string[] {
  const webhook = webhooks.find((one) => one.id === id)
  if (!webhook) return []
  const { secret, before } = webhook
  return before && now < before.until ? [secret, before.secret] : [secret]
}
