// One day of a busy account, and what a sync of it takes: the requests are counted, nothing is timed.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LoggedRequest, type Sandbox, startSandbox } from 'zendesk-sandbox'
import { type Account, airbyte, type Client, ours, tap } from './clients.ts'
import { measure } from './measure.ts'
import type { Day, Report } from './report.ts'
import { readSink, type Written } from './sink.ts'

const STREAMS = ['tickets', 'ticket_metrics', 'ticket_comments', 'users', 'user_identities']
const ACCOUNT = 25_000
const TICKETS = 10_000
const EVENTS = 40_000
const USERS = 5_000
const DELETED = 20
const DAY = 86_400
/** So many events lie in one second. */
const AT_ONCE = 50

/**
 * Changes 10,000 tickets by 40,000 events and 5,000 users in a day of an account of 25,000 tickets, and reads what
 * changed: ours from the state of a read of the day before, the others from the same moment, in their own form of state.
 */
export async function readOneDay(
  folder: string,
  { peers, say }: { readonly peers: boolean; readonly say: (text: string) => void },
): Promise<NonNullable<Report['day']>> {
  mkdirSync(folder, { recursive: true })
  // The account's clock stands, but for what is said here: a day passes in the time that the changes take. It begins in
  // the past: Airbyte's connector asks for nothing younger than the clock of this machine.
  const now = Math.floor(Date.now() / 1000) - 2 * DAY
  const sandbox = await startSandbox({ tickets: ACCOUNT, now, frozen: true, tlsPort: 0, subdomain: 'strangers' })
  try {
    const account = accountOf(sandbox, join(folder, 'ca.pem'))
    const mine = await ours(account, join(folder, 'ours'))
    const streams = STREAMS.filter((name) => mine.streams.has(name))
    say(`one day: ${streams.join(', ')}`)
    const sink = join(folder, 'sink')
    await measure(mine.read(streams), sink)
    const { states } = await readSink(sink)

    // The newest minute is held back: it belongs to the first read, once that is over.
    sandbox.account.advance(120)
    const since = sandbox.account.now()
    changeForADay(sandbox)
    const changed = await eventsSince(sandbox, since)

    const sync = async (client: Client, state: unknown): Promise<Day & Pick<Written, 'states'>> => {
      sandbox.requests.reset()
      await measure(client.read(streams, state), sink)
      const { records, states } = await readSink(sink)
      const requests = sandbox.requests.all()
      const kinds = [...Map.groupBy(requests, kindOf)].map(([kind, of]) => [kind, of.length] as const)
      const exportRequests = requests.filter(({ path }) => path.startsWith('/api/v2/incremental/')).length
      say(`  ${client.name.padEnd(8)}${exportRequests} export requests, ${requests.length - exportRequests} others`)
      return { client: client.name, requests: Object.fromEntries(kinds.sort()), exportRequests, records, states }
    }
    const { states: after, ...first } = await sync(mine, [...states.values()])
    const syncs: Day[] = [holdDay(first, mine, streams)]
    const others = peers
      ? [await tap(account, join(folder, 'tap')), await airbyte(account, join(folder, 'airbyte'))]
      : []
    for (const peer of others) {
      if (peer === undefined) continue
      const state = peer.name === 'tap' ? tapStateAt(since) : airbyteStateAt(since)
      const { states: _, ...theirs } = await sync(peer, state)
      syncs.push(holdDay(theirs, peer, streams))
    }
    deleteTickets(sandbox)
    say(`  ${DELETED} tickets are deleted`)
    const { states: __, ...deletions } = await sync(mine, [...after.values()])
    rmSync(sink)
    return { ...changed, users: USERS, streams, syncs, deletions: { ...deletions, tickets: DELETED } }
  } finally {
    await sandbox.close()
  }
}

function accountOf({ tls, subdomain, credentials }: Sandbox, ca: string): Account {
  if (tls === undefined) throw new Error('The sandbox has no HTTPS.')
  writeFileSync(ca, tls.ca)
  return { tlsUrl: tls.url, ca, subdomain, credentials }
}

/** Every open ticket gets its first event of the day, new ones come, and all of them go on until the day is full. */
function changeForADay({ account }: Sandbox): void {
  const open = [...account.truth('tickets').live.values()].filter(({ status }) => status !== 'closed')
  const tickets = open.slice(0, TICKETS).map(({ id }) => Number(id))
  const users = [...account.truth('users').live.values()].filter(({ role }) => role === 'end-user').slice(0, USERS)
  if (users.length < USERS) throw new Error(`There are only ${users.length} users to change.`)
  for (let event = 0; event < EVENTS; event++) {
    if (event % AT_ONCE === 0) account.advance((DAY * AT_ONCE) / EVENTS)
    const id = tickets[event % TICKETS]
    if (id === undefined) tickets.push(account.createTicket({ subject: `Of the day ${event}` }))
    else if (event % 2 === 0) account.addComment(id, `Said in event ${event}.`)
    else account.updateTicket(id, { tags: [`event_${event}`] })
    const user = event % (EVENTS / USERS) === 0 ? users[event / (EVENTS / USERS)] : undefined
    if (user) account.updateUser(Number(user['id']), { notes: `Of event ${event}` })
  }
  // A minute is held back.
  account.advance(600)
}

/** A sync that found nothing in a stream that changed tells nothing of a day. */
function holdDay(day: Day, client: Client, streams: readonly string[]): Day {
  const empty = streams.filter((stream) => client.streams.has(stream) && !day.records[stream])
  if (empty.length > 0) throw new Error(`${client.name} found nothing new in ${empty.join(', ')}.`)
  return day
}

/** Some of the account's tickets are deleted, old and new ones; nothing else happens. */
function deleteTickets({ account }: Sandbox): void {
  const live = [...account.truth('tickets').live.values()].filter(({ status }) => status !== 'closed')
  for (let index = 0; index < DELETED; index++)
    account.deleteTicket(Number(live[Math.floor((index * live.length) / DELETED)]?.['id']))
  account.advance(600)
}

/** How many tickets and ticket events an export tells of since then: what was truly done, whatever was meant. */
async function eventsSince(sandbox: Sandbox, since: number): Promise<{ tickets: number; events: number }> {
  const seen = new Map<unknown, unknown>()
  const headers = { authorization: `Bearer ${sandbox.credentials.accessToken}` }
  for (let start = since, more = true; more; ) {
    const response = await fetch(`${sandbox.url}/api/v2/incremental/ticket_events?start_time=${start}`, { headers })
    const page = (await response.json()) as {
      ticket_events: { id: number; ticket_id: number }[]
      end_of_stream: boolean
      end_time: number
    }
    for (const { id, ticket_id } of page.ticket_events) seen.set(id, ticket_id)
    more = !page.end_of_stream
    start = page.end_time
  }
  return { tickets: new Set(seen.values()).size, events: seen.size }
}

const kindOf = ({ path }: LoggedRequest): string => path.replace('/api/v2/', '').replaceAll(/\d+/g, 'N')

const CURSORS = {
  tickets: 'generated_timestamp',
  ticket_metrics: '_ab_updated_at',
  ticket_comments: 'created_at',
  users: 'updated_at',
  user_identities: 'updated_at',
}

/** As Airbyte's connector leaves it after a whole read at that moment (epoch seconds). */
const airbyteStateAt = (time: number): unknown =>
  Object.entries(CURSORS).map(([name, cursor]) => ({
    type: 'STREAM',
    stream: { stream_descriptor: { name }, stream_state: { [cursor]: String(time) } },
  }))

/** As the tap leaves it after a whole read at that moment (epoch seconds). */
function tapStateAt(time: number): unknown {
  const at = new Date(time * 1000).toISOString()
  return {
    bookmarks: {
      tickets: { generated_timestamp: at.replace('.000Z', '.000000Z') },
      users: { updated_at: at.replace('.000Z', 'Z') },
    },
  }
}
