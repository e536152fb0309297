// The endpoints that Zendesk calls, each with its inbox.
import { now } from '../clock.ts'
import type { LiveSettings } from '../config/connection.ts'
import { HubError, messageOf } from '../errors.ts'
import { type Inbox, openInbox } from '../live/inbox.ts'
import { inboxIn, keep, readKept, watchKept } from '../live/kept-webhooks.ts'
import { createReceiver, listenOn, PATH, type Receiver } from '../live/receiver.ts'
import { replayMissed } from '../live/replay.ts'
import { makeFolder } from '../make-folder.ts'
import type { LiveSource } from '../source/source.ts'
import type { Program } from './program.ts'
import { count } from './progress.ts'

/** The folder of the inbox and the secrets, if no other is named. */
export const LIVE_FOLDER = 'zendesk-live'
const HOST = '127.0.0.1'
const PORT = 8321

/** An endpoint and its inbox, open. */
export interface Receiving {
  readonly inbox: Inbox
  readonly folder: string
  readonly receiver: Receiver
  /** Where it listens, with its path. */
  readonly url: string
}

/** Opens these endpoints; those with the same host and port share a server. Throws a HubError. */
export async function openReceivers(
  settings: readonly LiveSettings[],
  { say }: Pick<Program, 'say'>,
): Promise<{ readonly receivers: readonly Receiving[]; close(): Promise<void> }> {
  const closing: (() => Promise<void> | void)[] = []
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0).toReversed()) await one()
  }
  const opened = new Map<LiveSettings, Receiving>()
  try {
    for (const some of Map.groupBy(settings, addressOf).values()) {
      const made: { one: LiveSettings; inbox: Inbox; folder: string; receiver: Receiver }[] = []
      for (const one of some) {
        const { folder = LIVE_FOLDER } = one
        makeFolder(folder, 0o700)
        const inbox = openInbox(inboxIn(folder), now)
        closing.push(inbox.close)
        made.push({ one, inbox, folder, receiver: receiverOf(pathOf(one), inbox, folder, say) })
      }
      const twice = some.find((one, nth) => some.findIndex((other) => pathOf(other) === pathOf(one)) !== nth)
      if (twice)
        throw new HubError(
          `Two connections listen at ${addressOf(twice)}${pathOf(twice)}: give each live.url a path of its own.`,
        )
      const [{ host = HOST, port = PORT } = {}] = some
      const listening = await listenOn(
        made.map(({ receiver }) => receiver),
        { host, port },
      )
      closing.push(listening.close)
      for (const { one, ...rest } of made) opened.set(one, { ...rest, url: `${listening.url}${pathOf(one)}` })
    }
    return { receivers: settings.map((one) => opened.get(one)!), close }
  } catch (error) {
    await close()
    throw error
  }
}

const addressOf = ({ host = HOST, port = PORT }: LiveSettings): string => `${host}:${port}`

/** Where the public address leads, behind its host. */
function pathOf({ url }: LiveSettings): string {
  const path = url === undefined ? '/' : new URL(url).pathname
  return path === '/' ? PATH : path
}

function receiverOf(path: string, inbox: Inbox, folder: string, say: (text: string) => void): Receiver {
  const learn = (account: string): void =>
    void keep(folder, { ...readKept(folder), account }).catch((error) => say(`${messageOf(error)}\n`))
  return createReceiver({ path, inbox, kept: watchKept(folder), learn, now, say })
}

/** How many are replayed after a sync. The sync has found most of their changes already. */
const MOST_REPLAYED = 200
/** For how long Zendesk may retry a delivery, in milliseconds. */
const RETRIES = 900_000

/** Takes what did not arrive from Zendesk's log. A user who may not read the log gets these changes with the next sync. */
export function createCatchUp({ inbox, folder }: Pick<Receiving, 'inbox' | 'folder'>, { say }: Pick<Program, 'say'>) {
  let since = 0
  let isTold = false
  return async (source: LiveSource, signal: AbortSignal): Promise<void> => {
    const began = now()
    try {
      const found = await replayMissed(source, inbox, readKept(folder), { most: MOST_REPLAYED, since, now, signal })
      if (!signal.aborted) since = began - RETRIES
      const { missed, replayed } = found
      if (missed > 0)
        say(`${count(missed)} deliveries had not arrived; ${count(replayed)} of them were read from Zendesk's log.\n`)
    } catch (error) {
      if (!isTold && !signal.aborted) say(`warn: Zendesk's log of deliveries cannot be read: ${messageOf(error)}\n`)
      isTold = true
    }
  }
}
